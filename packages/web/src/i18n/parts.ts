import type { Language } from '@mailroom/shared'
import type { AccountWords } from './parts/account.ja.js'
import type { AuditWords } from './parts/audit.ja.js'
import type { MailboxWords } from './parts/mailbox.ja.js'
import type { OidcWords } from './parts/oidc.ja.js'
import type { ReadingWords } from './parts/reading.ja.js'
import type { ReceivingWords } from './parts/receiving.ja.js'
import type { SettingsWords } from './parts/settings.ja.js'
import type { TokenWords } from './parts/token.ja.js'
import type { TransferWords } from './parts/transfer.ja.js'
import type { UserWords } from './parts/user.ja.js'

type Part<Words> = Readonly<Record<Language, () => Promise<{ words: Words }>>>

/** Words that only some pages show: each part is loaded with the first page that needs it. */
export const PARTS = {
  account: {
    ja: () => import('./parts/account.ja.js'),
    en: () => import('./parts/account.en.js'),
  } satisfies Part<AccountWords>,
  audit: {
    ja: () => import('./parts/audit.ja.js'),
    en: () => import('./parts/audit.en.js'),
  } satisfies Part<AuditWords>,
  mailbox: {
    ja: () => import('./parts/mailbox.ja.js'),
    en: () => import('./parts/mailbox.en.js'),
  } satisfies Part<MailboxWords>,
  oidc: {
    ja: () => import('./parts/oidc.ja.js'),
    en: () => import('./parts/oidc.en.js'),
  } satisfies Part<OidcWords>,
  reading: {
    ja: () => import('./parts/reading.ja.js'),
    en: () => import('./parts/reading.en.js'),
  } satisfies Part<ReadingWords>,
  receiving: {
    ja: () => import('./parts/receiving.ja.js'),
    en: () => import('./parts/receiving.en.js'),
  } satisfies Part<ReceivingWords>,
  settings: {
    ja: () => import('./parts/settings.ja.js'),
    en: () => import('./parts/settings.en.js'),
  } satisfies Part<SettingsWords>,
  token: {
    ja: () => import('./parts/token.ja.js'),
    en: () => import('./parts/token.en.js'),
  } satisfies Part<TokenWords>,
  transfer: {
    ja: () => import('./parts/transfer.ja.js'),
    en: () => import('./parts/transfer.en.js'),
  } satisfies Part<TransferWords>,
  user: {
    ja: () => import('./parts/user.ja.js'),
    en: () => import('./parts/user.en.js'),
  } satisfies Part<UserWords>,
}
export type PartName = keyof typeof PARTS
export type PartWords = AccountWords &
  AuditWords &
  MailboxWords &
  OidcWords &
  ReadingWords &
  ReceivingWords &
  SettingsWords &
  TokenWords &
  TransferWords &
  UserWords
