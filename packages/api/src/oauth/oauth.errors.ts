import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const providerNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このプロバイダーは見つかりません。削除された可能性があります。一覧を確認してください。',
    en: 'There is no such provider; it may have been deleted. Look at the list.',
  })

export const providerChanged = (version: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: '別の人が先にこのプロバイダーを変更しました。最新の内容を確認してから保存してください。',
      en: 'Somebody else has changed this provider meanwhile. Look at the current settings, then save.',
    },
    { extensions: { version } },
  )

export const providerChangedMeanwhile = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'サインインのあいだにプロバイダーの設定が変わりました。Mailroomの画面からやり直してください。',
    en: 'The provider was changed during the sign-in. Start again from Mailroom.',
  })

export const tooManyProviders = (max: number) =>
  new AppError(ErrorCode.CONFLICT, {
    ja: `プロバイダーは${max}件まで登録できます。`,
    en: `At most ${max} providers can be registered.`,
  })

/** @param names of some of the servers, in display order */
export const providerInUse = (names: readonly string[], count: number) => {
  const others = count - names.length
  const ja = `${names.map((name) => `「${name}」`).join('')}${others > 0 ? `ほか${others}件` : ''}`
  const en = `${names.map((name) => `"${name}"`).join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  return new AppError(
    ErrorCode.CONFLICT,
    {
      ja: `このプロバイダーはメールサーバー${ja}で使われています。そのメールサーバーの設定を変えてから削除してください。`,
      en: `This provider is used by the mail servers ${en}. Change their settings first.`,
    },
    { extensions: { count } },
  )
}

export const providerNeedsNoSignIn = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'このプロバイダーはクライアント資格情報を使うため、サインインは必要ありません。',
    en: 'This provider uses client credentials; nobody needs to sign in there.',
  })

export const providerFailed = (reason: string) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: `プロバイダーから正しい応答がありません（${reason}）。プロバイダーの設定を確認して、もう一度お試しください。`,
      en: `The provider did not answer as it should (${reason}). Check its settings, then try again.`,
    },
    { extensions: { reason } },
  )

export const signInRefusedByProvider = (reason: string) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: `プロバイダーでのサインインは完了しませんでした（${reason}）。もう一度お試しください。`,
      en: `Signing in at the provider was not completed (${reason}). Try again.`,
    },
    { extensions: { reason } },
  )

export const signInUnknown = () =>
  new AppError(ErrorCode.FORBIDDEN, {
    ja: 'このサインインは期限切れか、すでに使われたか、別のセッションのものです。Mailroomの画面からやり直してください。',
    en: 'This sign-in is too old, was used already, or belongs to another session. Start again from Mailroom.',
  })

export const grantNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このサインインは見つかりません。削除された可能性があります。',
    en: 'There is no such grant; it may have been deleted.',
  })
