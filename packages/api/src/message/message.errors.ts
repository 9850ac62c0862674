import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const messageNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このメールは見つかりません。削除された可能性があります。一覧を開き直してください。',
    en: 'There is no such message; it may have been deleted. Open the list again.',
  })
