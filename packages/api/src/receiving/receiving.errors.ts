import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const runNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'この受信の記録は見つかりません。アカウントの画面を開き直してください。',
    en: 'There is no such receiving. Open the account’s screen again.',
  })

export const receivingUnderWay = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'このアカウントはいま受信中です。終わってからやり直してください。',
    en: 'This account is being received right now. Try again once that is over.',
  })
