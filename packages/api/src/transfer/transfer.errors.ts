import { ErrorCode } from '@mailroom/shared'
import { AppError, type FieldRefusal } from '../errors.js'

/** More refused cells than this help nobody and cost an answer's size; a preview tells them all. */
const FIELDS_MAX = 50

export const importOutdated = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: '確認したあとで登録内容が変わったため、何も取り込んでいません。もう一度内容を確認してください。',
    en: 'Something has changed since you looked, so nothing was imported. Look at what would happen now.',
  })

/** Each field is named by its row, such as "3.outgoing.port". */
export const importRefused = (fields: readonly FieldRefusal[]) =>
  new AppError(
    ErrorCode.BAD_USER_INPUT,
    {
      ja: '取り込めない行があるため、何も取り込んでいません。ファイルを直してからやり直してください。',
      en: 'Some rows cannot be imported, so nothing was. Mend the file and try again.',
    },
    { fields: fields.slice(0, FIELDS_MAX) },
  )
