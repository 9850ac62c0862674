import {
  ATTACHMENTS_MAX_MIB,
  DRAFTS_MAX,
  ErrorCode,
  UNUSED_UPLOADS_MAX_MIB,
  UPLOAD_MAX_MIB,
} from '@mailroom/shared'
import { AppError } from '../errors.js'

export const sendingNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'この送信は見つかりません。取り消されたか、メールが削除された可能性があります。',
    en: 'There is no such sending: it was cancelled, or its message deleted.',
  })

export const notToBeSentAgain = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'もう一度送れるのは、送信に失敗したメールと、届いたかどうかわからないメールだけです。送信の状態を確認してください。',
    en: 'Only mail that failed, or of which nobody knows whether it arrived, can be sent again. Look at its state.',
  })

export const notToBeConfirmed = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: '届いたかどうかわからないメールだけ、届いたことにできます。送信の状態を確認してください。',
    en: 'Only mail of which nobody knows whether it arrived can be said to have arrived. Look at its state.',
  })

export const tooLateToCancel = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'このメールはすでに送信が始まっているか、終わっているため、取り消せません。',
    en: 'This message is being sent, or was: it is too late to cancel it.',
  })

export const sendingTakenBack = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'このメールの送信は取り消されたため、送信していません。送る場合は、もう一度送信してください。',
    en: 'The sending of this mail was cancelled, so nothing was sent. To send it after all, send it once more.',
  })

export const draftNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'この下書きは見つかりません。送信または削除された可能性があります。',
    en: 'There is no such draft; it may have been sent or deleted.',
  })

export const draftChanged = (version: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: 'この下書きは別の画面で先に保存されました。最新の内容を確認してから保存してください。',
      en: 'This draft has been saved elsewhere meanwhile. Look at it as it is now, then save.',
    },
    { extensions: { version } },
  )

export const tooManyDrafts = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: `下書きは1つのアカウントに${DRAFTS_MAX}件までです。使わない下書きを削除してください。`,
    en: `An account holds ${DRAFTS_MAX} drafts at most. Delete some that you do not need.`,
  })

export const uploadNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このファイルは見つかりません。もう一度添付してください。',
    en: 'There is no such file; attach it again.',
  })

export const uploadTooLarge = () =>
  new AppError(ErrorCode.BAD_USER_INPUT, {
    ja: `ファイルが大きすぎます。1つ${UPLOAD_MAX_MIB} MB以内にしてください。`,
    en: `The file is too large: at most ${UPLOAD_MAX_MIB} MB each.`,
  })

export const uploadNameWrong = () =>
  new AppError(ErrorCode.BAD_USER_INPUT, {
    ja: 'ファイル名が長すぎるか、使用できない文字が含まれています。名前を変えて添付してください。',
    en: 'The file’s name is too long or has characters that cannot be used. Rename it and attach it again.',
  })

export const tooManyUploads = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: `送信していないファイルの合計が${UNUSED_UPLOADS_MAX_MIB} MBを超えました。使わない添付ファイルを削除してください。`,
    en: `Files that were not sent add up to more than ${UNUSED_UPLOADS_MAX_MIB} MB. Remove attachments that you do not need.`,
  })

export const attachmentsTooLarge = () =>
  new AppError(ErrorCode.BAD_USER_INPUT, {
    ja: `添付ファイルの合計が大きすぎます。${ATTACHMENTS_MAX_MIB} MB以内にしてください。`,
    en: `The attachments are too large: at most ${ATTACHMENTS_MAX_MIB} MB together.`,
  })
