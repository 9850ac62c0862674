import { ErrorCode } from '@mailroom/shared'
import { AppError } from '../errors.js'

export const userNotFound = () =>
  new AppError(ErrorCode.NOT_FOUND, {
    ja: 'この利用者は見つかりません。削除された可能性があります。一覧を確認してください。',
    en: 'There is no such person; the person may have been deleted. Look at the list.',
  })

export const userChanged = (version: number) =>
  new AppError(
    ErrorCode.CONFLICT,
    {
      ja: '別の人が先にこの利用者を変更しました。最新の内容を確認してから保存してください。',
      en: 'Somebody else has changed this person meanwhile. Look at the current values, then save.',
    },
    { extensions: { version } },
  )

export const lastAdministrator = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'サインインできる管理者がほかにいません。先に別の利用者を管理者にしてください。',
    en: 'No other administrator can sign in. Make somebody else an administrator first.',
  })

export const notOneself = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: '自分自身を削除したり利用停止にしたりすることはできません。別の管理者に依頼してください。',
    en: 'You cannot delete or deactivate yourself. Ask another administrator.',
  })

export const noOwnPassword = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'パスワードが設定されていません。必要な場合は管理者に設定を依頼してください。',
    en: 'You have no password. If you need one, ask an administrator to set it.',
  })

export const onlyWayIn = () =>
  new AppError(ErrorCode.CONFLICT, {
    ja: 'パスワードが設定されていないため、この連携を解除するとサインインできなくなります。',
    en: 'There is no password: without this link there would be no way to sign in.',
  })
