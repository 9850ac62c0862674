import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const tooManyRemoteSenders = (max: number) =>
  new AppError(ErrorCode.CONFLICT, {
    ja: `画像を表示する差出人は${max}件まで登録できます。使わない差出人を外してから、もう一度お試しください。`,
    en: `There can be at most ${max} senders whose images are shown. Take one back that you no longer need, and try again.`,
  })

export const messageNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このメールは見つかりません。削除された可能性があります。一覧を開き直してください。',
    en: 'There is no such message; it may have been deleted. Open the list again.',
  })

export const stillBeingSent = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'このメールは送信待ちか送信中です。削除するには、先に送信を取り消してください。',
    en: 'This message is waiting to be sent, or on its way. Cancel its sending before you delete it.',
  })
