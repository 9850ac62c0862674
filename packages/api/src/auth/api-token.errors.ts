import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const apiTokenUnknown = () =>
  new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'このAPIトークンは正しくありません。「Authorization: Bearer mrm_…」の形で、発行時に表示された全体を送ってください。',
    en: 'There is no such API token. Send all of it as it was shown: "Authorization: Bearer mrm_…".',
  })

export const apiTokenExpired = () =>
  new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'このAPIトークンは有効期限が切れています。新しいトークンを発行してください。',
    en: 'This API token has expired. Make a new one.',
  })

export const apiTokenRevoked = () =>
  new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'このAPIトークンは取り消されています。新しいトークンを発行してください。',
    en: 'This API token has been revoked. Make a new one.',
  })

export const apiTokenSuspended = () =>
  new AppError(ErrorCode.UNAUTHENTICATED, {
    ja: 'このAPIトークンを発行した人が使用停止になっているため、使えません。管理者に確認してください。',
    en: 'Who made this API token is deactivated, and the token with him. Ask your administrator.',
  })

export const apiTokenNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このAPIトークンは見つかりません。一覧を確認してください。',
    en: 'There is no such API token. Look at the list.',
  })

export const tooManyApiTokens = (max: number) =>
  new AppError(ErrorCode.CONFLICT, {
    ja: `有効なAPIトークンは${max}件までです。使わないものを取り消してください。`,
    en: `There can be at most ${max} API tokens at a time. Revoke those that nothing uses.`,
  })

/** A person's alone; see Access. */
export const notByToken = () =>
  new AppError(ErrorCode.FORBIDDEN, {
    ja: 'この操作はAPIトークンではできません。画面からサインインして行ってください。',
    en: 'This cannot be done with an API token. Sign in as a person.',
  })
