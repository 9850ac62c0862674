import { FieldRule } from '@mailroom/shared'
import type { MailAccountInput } from '../account/account.input.js'
import type { AccountLookup } from './account-lookup.js'
import {
  flagColumn,
  numberColumn,
  optionalTextColumn,
  secretColumn,
  textColumn,
  type Column,
} from './column.js'

/**
 * An account's columns in their order (docs/import-export.md), called what the screen calls them. Those
 * of passwords are there in an exported file too, and empty: so they can be filled in, and a file
 * without its heading is still read as what it is.
 */
export const ACCOUNT_COLUMNS: readonly Column<MailAccountInput, AccountLookup>[] = [
  textColumn({
    paths: ['code'],
    label: { ja: 'アカウントコード', en: 'Account code' },
    aliases: ['ユーザーアカウントコード', 'User account code'],
    get: (a) => a.code,
    set: (a, code) => (a.code = code ?? ''),
  }),
  textColumn({
    paths: ['name'],
    label: { ja: 'アカウントの名称', en: 'Account name' },
    aliases: ['アカウント名', 'ユーザーアカウント名', 'ユーザーアカウント', 'User account name'],
    get: (a) => a.name,
    set: (a, name) => (a.name = name ?? ''),
  }),
  textColumn({
    paths: ['email'],
    label: { ja: 'メールアドレス', en: 'E-mail address' },
    aliases: ['E-mail', 'Eメール', 'Mail address'],
    get: (a) => a.email,
    set: (a, email) => (a.email = email ?? ''),
  }),
  {
    paths: ['userId'],
    label: { ja: 'ログイン名', en: 'Login name' },
    aliases: ['利用者', 'ユーザー', '利用者のログイン名', 'User', 'Person', 'Owner'],
    read: (cell, account, known) => {
      const owner = known.ownerCalled(cell)
      account.userId = owner?.id ?? ''
      return owner === undefined ? absent('userId', FieldRule.loginName, cell) : undefined
    },
    write: ({ userId }, known) => known.owners.get(userId)?.loginName ?? '',
  },
  {
    paths: ['mailServerId'],
    label: { ja: 'メールサーバーコード', en: 'Mail server code' },
    aliases: ['メールサーバー', 'Mail server'],
    read: (cell, account, known) => {
      const server = known.serverCalled(cell, account.mailServerId)
      account.mailServerId = server?.id ?? ''
      return server === undefined
        ? absent('mailServerId', FieldRule.mailServerCode, cell)
        : undefined
    },
    write: ({ mailServerId }, known) => known.servers.get(mailServerId)?.code ?? '',
  },
  textColumn({
    paths: ['incomingUsername'],
    label: { ja: '受信メールアカウント', en: 'Incoming account' },
    aliases: ['受信メールアカウント名', 'Incoming mail account', 'Incoming e-mail account'],
    get: (a) => a.incomingUsername,
    set: (a, name) => (a.incomingUsername = name ?? ''),
  }),
  secretColumn({
    paths: ['incomingPassword'],
    label: { ja: '受信メールパスワード', en: 'Incoming password' },
    aliases: ['受信パスワード', 'Incoming mail password', 'Incoming e-mail password'],
    get: (a) => a.incomingPassword,
    set: (a, password) => (a.incomingPassword = password),
  }),
  optionalTextColumn({
    paths: ['outgoingUsername'],
    label: { ja: '送信メールアカウント', en: 'Outgoing account' },
    aliases: ['送信メールアカウント名', 'Outgoing mail account', 'Outgoing e-mail account'],
    get: (a) => a.outgoingUsername,
    set: (a, name) => (a.outgoingUsername = name),
  }),
  secretColumn({
    paths: ['outgoingPassword'],
    label: { ja: '送信メールパスワード', en: 'Outgoing password' },
    aliases: ['送信パスワード', 'Outgoing mail password', 'Outgoing e-mail password'],
    get: (a) => a.outgoingPassword,
    set: (a, password) => (a.outgoingPassword = password),
  }),
  flagColumn({
    paths: ['leaveOnServer'],
    label: { ja: '受信メールサーバーにメールを残す', en: 'Leave mail on the incoming server' },
    aliases: ['メールを残す', 'Leave mail on server'],
    // What is not said takes nothing away.
    whenEmpty: true,
    get: (a) => a.leaveOnServer,
    set: (a, isLeft) => (a.leaveOnServer = isLeft),
  }),
  numberColumn({
    paths: ['deleteAfterDays'],
    label: { ja: '削除するまでの日数', en: 'Days until it is deleted' },
    whenEmpty: null,
    get: (a) => a.deleteAfterDays,
    set: (a, days) => (a.deleteAfterDays = days),
  }),
  flagColumn({
    // Not "enabled": whoever writes that heading would mean the opposite by 1.
    paths: ['disabled'],
    label: { ja: '使用停止', en: 'Suspended' },
    aliases: ['停止', '使用を停止する'],
    get: (a) => !a.enabled,
    set: (a, isDisabled) => (a.enabled = !isDisabled),
  }),
]

/** What must be there and was not found by its name. */
const absent = (path: string, rule: FieldRule, cell: string) => ({
  path,
  rule: cell.trim() === '' ? FieldRule.required : rule,
})
