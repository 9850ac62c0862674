import {
  EncryptionMode,
  FieldRule,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
  SmtpCredentials,
} from '@mailroom/shared'
import type { EndpointSettings } from '../mail-server/endpoint-settings.js'
import type { MailServerSettings } from '../mail-server/mail-server-settings.js'
import {
  choiceColumn,
  flagColumn,
  numberColumn,
  optionalTextColumn,
  textColumn,
  type Column,
} from './column.js'

/** The OAuth 2.0 providers that a cell can name. */
export type KnownProviders = readonly { readonly id: string; readonly name: string }[]

/** What stands in a file for a setting that it leaves out. */
const DEFAULTS = { outgoingPort: 25, incomingPort: 110, timeoutSeconds: 60, waitSeconds: 0 }

/** How mail is received and signed in to, in one cell. */
const IncomingSignIn = { STANDARD: 'STANDARD', APOP: 'APOP', XOAUTH2: 'XOAUTH2' } as const
type IncomingSignIn = (typeof IncomingSignIn)[keyof typeof IncomingSignIn]

/**
 * A mail server's columns in their order (docs/import-export.md). The first sixteen and their spellings
 * are those that Japanese groupware writes; the others are our own and stand behind them, so that a file
 * of sixteen columns without a heading is read as what it is.
 */
export const MAIL_SERVER_COLUMNS: readonly Column<MailServerSettings, KnownProviders>[] = [
  textColumn({
    paths: ['code'],
    label: { ja: 'メールサーバーコード', en: 'Mail server code' },
    get: (s) => s.code,
    set: (s, code) => (s.code = code ?? ''),
  }),
  textColumn({
    paths: ['name'],
    label: { ja: 'メールサーバーの名称', en: 'Mail server name' },
    aliases: ['メールサーバー名'],
    get: (s) => s.name,
    set: (s, name) => (s.name = name ?? ''),
  }),
  textColumn({
    paths: ['outgoing.host'],
    label: { ja: '送信メールサーバー名 (SMTP)', en: 'Outgoing mail server name (SMTP)' },
    aliases: ['送信メールサーバー名', 'Outgoing mail server name', 'SMTP host'],
    get: (s) => s.outgoing.host,
    set: (s, host) => (s.outgoing.host = host ?? ''),
  }),
  numberColumn({
    paths: ['outgoing.port'],
    label: { ja: '送信メールサーバーポート番号', en: 'Outgoing port number' },
    aliases: ['Outgoing mail server port number', 'SMTP port'],
    whenEmpty: DEFAULTS.outgoingPort,
    get: (s) => s.outgoing.port,
    set: (s, port) => (s.outgoing.port = port),
  }),
  choiceColumn({
    paths: ['outgoing.encryption'],
    label: { ja: '暗号化通信', en: 'Encryption' },
    aliases: ['暗号化方式', '暗号化の方法', '送信SSLの使用', 'Encryption method'],
    spellings: [
      [EncryptionMode.NONE, 'NONE', '0'],
      [EncryptionMode.SSL, 'SSL', '1'],
      [EncryptionMode.TLS, 'TLS', 'STARTTLS'],
    ],
    get: (s) => s.outgoing.encryption,
    set: (s, encryption) => (s.outgoing.encryption = encryption),
  }),
  choiceColumn({
    paths: ['outgoing.authMethod'],
    label: { ja: 'SMTP認証方法', en: 'SMTP authentication' },
    aliases: ['SMTP authentication method', 'SMTP auth'],
    spellings: [
      [SmtpAuthMethod.NONE, 'NONE'],
      [SmtpAuthMethod.PLAIN, 'PLAIN'],
      [SmtpAuthMethod.LOGIN, 'LOGIN'],
      [SmtpAuthMethod.CRAM_MD5, 'CRAM-MD5', 'CRAMMD5', 'CRAM_MD5'],
      [SmtpAuthMethod.DIGEST_MD5, 'DIGEST-MD5', 'DIGESTMD5', 'DIGEST_MD5'],
      [SmtpAuthMethod.XOAUTH2, 'XOAUTH2'],
    ],
    get: (s) => s.outgoing.authMethod,
    set: (s, method) => (s.outgoing.authMethod = method),
  }),
  flagColumn({
    paths: ['outgoing.credentials'],
    label: {
      ja: '送信用のアカウントとパスワードを設定する',
      en: 'Account and password for sending',
    },
    aliases: [
      '送信用のアカウントとパスワード',
      'Setting up an account and password for sending mails',
      'Setting up an account and password for sending e-mails',
      'Own sending account',
    ],
    get: (s) => s.outgoing.credentials === SmtpCredentials.OUTGOING,
    set: (s, isOwn) =>
      (s.outgoing.credentials = isOwn ? SmtpCredentials.OUTGOING : SmtpCredentials.INCOMING),
  }),
  flagColumn({
    paths: ['outgoing.popBeforeSmtp'],
    label: {
      ja: '受信後に送信を行う (POP before SMTP)',
      en: 'Sign in to the incoming server before sending (POP before SMTP)',
    },
    aliases: ['POP before SMTP', 'Send after receiving (POP before SMTP)'],
    get: (s) => s.outgoing.popBeforeSmtp,
    set: (s, isFirst) => (s.outgoing.popBeforeSmtp = isFirst),
  }),
  numberColumn({
    paths: ['outgoing.popBeforeSmtpWaitSeconds'],
    label: { ja: '送信までの待ち時間', en: 'Wait before sending' },
    aliases: ['待ち時間', 'Waiting time before sending', 'Wait time before sending', 'Wait'],
    whenEmpty: DEFAULTS.waitSeconds,
    get: (s) => s.outgoing.popBeforeSmtpWaitSeconds,
    set: (s, seconds) => (s.outgoing.popBeforeSmtpWaitSeconds = seconds),
  }),
  numberColumn({
    paths: ['outgoing.timeoutSeconds'],
    label: { ja: '送信タイムアウトまでの時間', en: 'Send time-out' },
    aliases: ['送信タイムアウト', 'Send time-out period', 'Send timeout'],
    whenEmpty: DEFAULTS.timeoutSeconds,
    get: (s) => s.outgoing.timeoutSeconds,
    set: (s, seconds) => (s.outgoing.timeoutSeconds = seconds),
  }),
  choiceColumn({
    paths: ['incoming.protocol'],
    label: { ja: '受信プロトコル', en: 'Incoming protocol' },
    aliases: ['Protocol for incoming e-mails'],
    spellings: [
      [MailProtocol.POP3, 'POP3', 'POP'],
      [MailProtocol.IMAP4, 'IMAP4', 'IMAP'],
    ],
    get: (s) => s.incoming.protocol,
    set: (s, protocol) => (s.incoming.protocol = protocol),
  }),
  textColumn({
    paths: ['incoming.host'],
    label: { ja: '受信メールサーバー名', en: 'Incoming mail server name' },
    aliases: ['Incoming mail server', 'Incoming host'],
    get: (s) => s.incoming.host,
    set: (s, host) => (s.incoming.host = host ?? ''),
  }),
  numberColumn({
    paths: ['incoming.port'],
    label: { ja: '受信メールサーバーポート番号', en: 'Incoming port number' },
    aliases: ['Incoming mail server port number', 'Incoming port'],
    whenEmpty: DEFAULTS.incomingPort,
    get: (s) => s.incoming.port,
    set: (s, port) => (s.incoming.port = port),
  }),
  choiceColumn({
    paths: ['incoming.encryption'],
    label: { ja: '受信SSLの使用', en: 'Incoming SSL' },
    aliases: ['SSLの使用', '受信TLSの使用', 'Using TLS (incoming mail server)'],
    // 0 and 1 are all that the others know; STLS and STARTTLS need a third.
    spellings: [
      [EncryptionMode.NONE, '0', 'NONE'],
      [EncryptionMode.SSL, '1', 'SSL'],
      [EncryptionMode.TLS, 'TLS', 'STARTTLS', 'STLS'],
    ],
    get: (s) => s.incoming.encryption,
    set: (s, encryption) => (s.incoming.encryption = encryption),
  }),
  choiceColumn({
    paths: ['incoming.authMethod', 'incoming.apop'],
    label: { ja: '受信認証方法', en: 'Incoming authentication' },
    aliases: ['受信サーバーの認証方法', 'APOP認証', 'Incoming authentication method'],
    spellings: [
      [IncomingSignIn.STANDARD, 'STANDARD', 'PASSWORD', 'PLAIN', 'NORMAL', 'NONE', '0', '標準'],
      [IncomingSignIn.APOP, 'APOP', '1'],
      [IncomingSignIn.XOAUTH2, 'XOAUTH2', 'OAUTH', 'OAUTH2'],
    ],
    get: ({ incoming }): IncomingSignIn =>
      incoming.authMethod === IncomingAuthMethod.XOAUTH2
        ? IncomingSignIn.XOAUTH2
        : incoming.apop
          ? IncomingSignIn.APOP
          : IncomingSignIn.STANDARD,
    set: ({ incoming }, signIn) => {
      incoming.authMethod =
        signIn === IncomingSignIn.XOAUTH2 ? IncomingAuthMethod.XOAUTH2 : IncomingAuthMethod.PASSWORD
      incoming.apop = signIn === IncomingSignIn.APOP
    },
  }),
  numberColumn({
    paths: ['incoming.timeoutSeconds'],
    label: { ja: '受信タイムアウトまでの時間', en: 'Receive time-out' },
    aliases: ['受信タイムアウト', 'Receive time-out period', 'Receive timeout'],
    whenEmpty: DEFAULTS.timeoutSeconds,
    get: (s) => s.incoming.timeoutSeconds,
    set: (s, seconds) => (s.incoming.timeoutSeconds = seconds),
  }),
  ...trustColumns('outgoing', { ja: '送信', en: 'outgoing' }, (s) => s.outgoing),
  ...trustColumns('incoming', { ja: '受信', en: 'incoming' }, (s) => s.incoming),
  {
    paths: ['oauthProviderId'],
    label: { ja: 'OAuth 2.0プロバイダー', en: 'OAuth 2.0 provider' },
    read: (cell, settings, providers) => {
      const text = cell.trim()
      const found = providers.filter(({ id, name }) => name === text || id === text.toLowerCase())
      // Two of one name are told apart by their ids, as they are when they are written.
      if (text !== '' && found.length !== 1) {
        return { path: 'oauthProviderId', rule: FieldRule.oauthProvider }
      }
      settings.oauthProviderId = found[0]?.id ?? null
      return undefined
    },
    write: ({ oauthProviderId }, providers) => {
      const provider = providers.find(({ id }) => id === oauthProviderId)
      if (provider === undefined) return ''
      const isAlone = providers.filter(({ name }) => name === provider.name).length === 1
      return isAlone ? provider.name : provider.id
    },
  },
]

function trustColumns(
  side: 'outgoing' | 'incoming',
  word: { ja: string; en: string },
  endpoint: (settings: MailServerSettings) => EndpointSettings,
): Column<MailServerSettings, unknown>[] {
  return [
    optionalTextColumn({
      paths: [`${side}.pinnedCertificate`],
      label: {
        ja: `${word.ja}: 信頼する証明書 (SHA-256)`,
        en: `Trusted certificate, ${word.en} (SHA-256)`,
      },
      get: (s) => endpoint(s).pinnedCertificate,
      set: (s, fingerprint) => (endpoint(s).pinnedCertificate = fingerprint),
    }),
    optionalTextColumn({
      paths: [`${side}.caCertificate`],
      label: {
        ja: `${word.ja}: 独自の認証局の証明書 (PEM)`,
        en: `Certificates of a private authority, ${word.en} (PEM)`,
      },
      get: (s) => endpoint(s).caCertificate,
      set: (s, pem) => (endpoint(s).caCertificate = pem),
    }),
  ]
}
