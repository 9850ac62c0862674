import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const accountNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'このアカウントは見つかりません。削除された可能性があります。一覧を確認してください。',
    en: 'There is no such account; it may have been deleted. Look at the list.',
  })

export const accountChanged = (version: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: '別の人が先にこのアカウントを変更しました。最新の内容と比べてから保存してください。',
      en: 'Somebody else has changed this account meanwhile. Compare with the current settings, then save.',
    },
    { extensions: { version } },
  )

export const accountsChanged = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: '確認したあとでアカウントやメールサーバーが変更されたため、何も保存していません。最新の内容を確認してからやり直してください。',
    en: 'Accounts or mail servers have changed since you looked, so nothing was saved. Look at them as they are now and try again.',
  })

export const accountsElsewhere = (count: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: `選んだアカウントのうち${count}件は、すでにこのメールサーバーを使っていないか、削除されています。一覧を確認してやり直してください。何も変更していません。`,
      en: `Of the accounts chosen, ${count} no longer use this mail server, or are gone. Look at the list and try again; nothing was changed.`,
    },
    { extensions: { count } },
  )

export const accountsManagedForYou = () =>
  new AppError(ErrorCode.FORBIDDEN, {
    ja: 'アカウントの追加・変更・削除は管理者だけが行えます。管理者に依頼してください。',
    en: 'Accounts are added, changed and deleted by administrators only. Ask one of them.',
  })

/** Of this account alone: all others go on. */
export const passwordUnreadable = (account: string, cause: Error) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: `${account}の保存されたパスワードを読み取れません。パスワードを入力し直して保存してください。`,
      en: `The stored password of ${account} cannot be read. Enter it again and save.`,
    },
    { cause },
  )
