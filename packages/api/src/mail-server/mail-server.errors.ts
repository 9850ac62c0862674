import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const mailServerNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このメールサーバーは見つかりません。削除された可能性があります。一覧を確認してください。',
    en: 'There is no such mail server; it may have been deleted. Look at the list.',
  })

export const mailServerChanged = (version: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: '別の人が先にこのメールサーバーを変更しました。最新の内容と比べてから保存してください。',
      en: 'Somebody else has changed this mail server meanwhile. Compare with the current settings, then save.',
    },
    { extensions: { version } },
  )

export const orderChanged = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'メールサーバーの一覧が変わっています。すべてのメールサーバーを一度ずつ含む、最新の一覧で並べ替えてください。',
    en: 'The list of mail servers has changed, or does not name each one exactly once. Reorder the current list.',
  })

export const countChanged = (count: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: `確認のあとで件数が変わりました（現在${count}件）。一覧を確認してやり直してください。何も削除していません。`,
      en: `The number of mail servers has changed since you confirmed (now ${count}). Nothing was deleted; check the list and try again.`,
    },
    { extensions: { count } },
  )

export const restoredCodeInUse = (code: string) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: `コード「${code}」は別のメールサーバーで使われているため、元に戻せません。そのコードを変更してからやり直してください。`,
      en: `The code "${code}" is used by another mail server. Change that one's code, then restore again.`,
    },
    { extensions: { mailServerCode: code } },
  )

export const tooManyMailServers = (max: number) =>
  new AppError(ErrorCode.CONFLICT, {
    ja: `メールサーバーは${max}件まで登録できます。`,
    en: `At most ${max} mail servers can be registered.`,
  })

export const mailServersChanged = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: '確認したあとでメールサーバーが変更されたため、何も保存していません。最新の内容を確認してからやり直してください。',
    en: 'Mail servers have changed since you looked, so nothing was saved. Look at them as they are now and try again.',
  })

export const versionNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'この版の設定は記録されていません。変更の履歴から選び直してください。',
    en: 'No settings are recorded for this version. Choose another one from the history.',
  })
