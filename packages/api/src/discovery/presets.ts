import {
  DiscoveryNote,
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
  UsernameForm,
} from '@mailroom/shared'
import type { FoundIncoming, FoundOutgoing } from './candidate.js'

/** A provider as we know it. In a host, %EMAILDOMAIN% is the address's domain and %MX% where its mail is delivered. */
export interface Preset {
  readonly name: string
  /** Domains of its own addresses; one that begins with a dot stands for every domain below. */
  readonly domains: readonly string[]
  /** Names, or what they end in, of the servers that take mail for its customers' domains. */
  readonly mx: readonly string[]
  readonly outgoing: FoundOutgoing
  /** The best first. */
  readonly incoming: readonly FoundIncoming[]
  readonly usernameForm: UsernameForm | null
  readonly notes: readonly DiscoveryNote[]
  readonly documentationUrl: string | null
}

const { ADDRESS } = UsernameForm
const { APP_PASSWORD, ENABLE_ACCESS, LOCAL_BRIDGE, OAUTH_OFFERED, OAUTH_REQUIRED } = DiscoveryNote
const { PROVIDER_USER_NAME } = DiscoveryNote

const smtps = (host: string): FoundOutgoing => ({
  host,
  port: 465,
  encryption: EncryptionMode.SSL,
  authMethod: SmtpAuthMethod.PLAIN,
})
const submission = (host: string, port = 587): FoundOutgoing => ({
  host,
  port,
  encryption: EncryptionMode.TLS,
  authMethod: SmtpAuthMethod.PLAIN,
})
const imaps = (host: string): FoundIncoming => ({
  protocol: MailProtocol.IMAP4,
  host,
  port: 993,
  encryption: EncryptionMode.SSL,
  authMethod: IncomingAuthMethod.PASSWORD,
})
const pop3s = (host: string): FoundIncoming => ({
  protocol: MailProtocol.POP3,
  host,
  port: 995,
  encryption: EncryptionMode.SSL,
  authMethod: IncomingAuthMethod.PASSWORD,
})
const byOauth = {
  outgoing: (side: FoundOutgoing): FoundOutgoing => ({
    ...side,
    authMethod: SmtpAuthMethod.XOAUTH2,
  }),
  incoming: (side: FoundIncoming): FoundIncoming => ({
    ...side,
    authMethod: IncomingAuthMethod.XOAUTH2,
  }),
}

/**
 * Only what was confirmed stands here, each with where. "ISPDB" is Mozilla's list of providers,
 * github.com/thunderbird/autoconfig, folder ispdb. A provider whose servers differ by contract or
 * that could not be confirmed is left out: the other sources may know it.
 */
export const PRESETS: readonly Preset[] = [
  {
    // support.google.com/mail/answer/7126229; app passwords: support.google.com/accounts/answer/185833
    name: 'Gmail / Google Workspace',
    domains: ['gmail.com', 'googlemail.com'],
    mx: ['google.com', 'googlemail.com'],
    outgoing: smtps('smtp.gmail.com'),
    incoming: [imaps('imap.gmail.com'), pop3s('pop.gmail.com')],
    usernameForm: ADDRESS,
    notes: [APP_PASSWORD, OAUTH_OFFERED],
    documentationUrl: 'https://support.google.com/mail/answer/7126229',
  },
  {
    // ISPDB outlook.com, hotmail.com; passwords ended in September 2024
    name: 'Outlook.com',
    domains: [
      ...['outlook.com', 'outlook.jp', 'hotmail.com', 'hotmail.co.jp'],
      ...['live.com', 'live.jp', 'msn.com'],
    ],
    mx: ['olc.protection.outlook.com'],
    outgoing: byOauth.outgoing(submission('smtp-mail.outlook.com')),
    incoming: [imaps('outlook.office365.com'), pop3s('outlook.office365.com')].map(
      byOauth.incoming,
    ),
    usernameForm: ADDRESS,
    notes: [OAUTH_REQUIRED],
    documentationUrl:
      'https://support.microsoft.com/office/pop-imap-and-smtp-settings-for-outlook-com-d088b986-291d-42b8-9564-9c414e2aa040',
  },
  {
    // ISPDB office365.com
    name: 'Microsoft 365',
    domains: ['office365.com', '.onmicrosoft.com'],
    mx: ['mail.protection.outlook.com', 'mx.microsoft'],
    outgoing: byOauth.outgoing(submission('smtp.office365.com')),
    incoming: [imaps('outlook.office365.com'), pop3s('outlook.office365.com')].map(
      byOauth.incoming,
    ),
    usernameForm: ADDRESS,
    notes: [OAUTH_REQUIRED],
    documentationUrl:
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online',
  },
  {
    // ISPDB yahoo.com; app passwords: help.yahoo.com/kb/SLN15241.html
    name: 'Yahoo! Mail',
    domains: [
      ...['yahoo.com', 'ymail.com', 'rocketmail.com', 'myyahoo.com', 'yahoo.co.uk', 'yahoo.de'],
      ...['yahoo.fr', 'yahoo.it', 'yahoo.es', 'yahoo.co.in', 'yahoo.com.au', 'yahoo.com.br'],
    ],
    mx: ['yahoodns.net'],
    outgoing: smtps('smtp.mail.yahoo.com'),
    incoming: [imaps('imap.mail.yahoo.com'), pop3s('pop.mail.yahoo.com')],
    usernameForm: ADDRESS,
    notes: [APP_PASSWORD, OAUTH_OFFERED],
    documentationUrl: 'https://help.yahoo.com/kb/SLN4075.html',
  },
  {
    // support.yahoo-net.jp/PccMail/s/article/H000014864 (IMAP must be switched on)
    name: 'Yahoo! JAPAN メール',
    domains: ['yahoo.co.jp', 'ymail.ne.jp'],
    mx: [],
    outgoing: smtps('smtp.mail.yahoo.co.jp'),
    incoming: [imaps('imap.mail.yahoo.co.jp'), pop3s('pop.mail.yahoo.co.jp')],
    usernameForm: null,
    notes: [ENABLE_ACCESS, PROVIDER_USER_NAME],
    documentationUrl: 'https://support.yahoo-net.jp/PccMail/s/article/H000014864',
  },
  {
    // support.apple.com/102525 (servers), support.apple.com/102654 (app-specific passwords)
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    mx: ['mail.icloud.com'],
    outgoing: submission('smtp.mail.me.com'),
    incoming: [imaps('imap.mail.me.com')],
    usernameForm: null,
    notes: [APP_PASSWORD],
    documentationUrl: 'https://support.apple.com/102525',
  },
  {
    // ISPDB aol.com; help.aol.com/articles/Create-and-manage-app-password
    name: 'AOL Mail',
    domains: ['aol.com', 'aim.com'],
    mx: [],
    outgoing: smtps('smtp.aol.com'),
    incoming: [imaps('imap.aol.com'), pop3s('pop.aol.com')],
    usernameForm: ADDRESS,
    notes: [APP_PASSWORD],
    documentationUrl: 'https://help.aol.com/articles/Create-and-manage-app-password',
  },
  {
    // ISPDB zoho.com; www.zoho.com/mail/help/imap-access.html
    name: 'Zoho Mail',
    domains: ['zoho.com', 'zohomail.com'],
    mx: [],
    outgoing: smtps('smtp.zoho.com'),
    incoming: [imaps('imap.zoho.com'), pop3s('pop.zoho.com')],
    usernameForm: ADDRESS,
    notes: [ENABLE_ACCESS],
    documentationUrl: 'https://www.zoho.com/mail/help/imap-access.html',
  },
  {
    // ISPDB zoho.jp
    name: 'Zoho Mail (Japan)',
    domains: ['zoho.jp', 'zohomail.jp'],
    mx: [],
    outgoing: smtps('smtp.zoho.jp'),
    incoming: [imaps('imap.zoho.jp'), pop3s('pop.zoho.jp')],
    usernameForm: ADDRESS,
    notes: [ENABLE_ACCESS],
    documentationUrl: 'https://www.zoho.com/mail/help/imap-access.html',
  },
  {
    // www.fastmail.help/hc/en-us/articles/1500000278342
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    mx: ['messagingengine.com'],
    outgoing: smtps('smtp.fastmail.com'),
    incoming: [imaps('imap.fastmail.com'), pop3s('pop.fastmail.com')],
    usernameForm: ADDRESS,
    notes: [APP_PASSWORD],
    documentationUrl: 'https://www.fastmail.help/hc/en-us/articles/1500000278342',
  },
  {
    // ISPDB gmx.de
    name: 'GMX',
    domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'],
    mx: ['mx00.emig.gmx.net', 'mx01.emig.gmx.net'],
    outgoing: smtps('mail.gmx.net'),
    incoming: [imaps('imap.gmx.net'), pop3s('pop.gmx.net')],
    usernameForm: ADDRESS,
    notes: [ENABLE_ACCESS],
    documentationUrl: 'https://hilfe.gmx.net/pop-imap/',
  },
  {
    // ISPDB gmx.com
    name: 'GMX',
    domains: ['gmx.com', 'gmx.us', 'gmx.co.uk'],
    mx: [],
    outgoing: smtps('mail.gmx.com'),
    incoming: [imaps('imap.gmx.com'), pop3s('pop.gmx.com')],
    usernameForm: ADDRESS,
    notes: [ENABLE_ACCESS],
    documentationUrl: null,
  },
  {
    // ISPDB web.de
    name: 'WEB.DE',
    domains: ['web.de'],
    mx: [],
    outgoing: submission('smtp.web.de'),
    incoming: [imaps('imap.web.de'), pop3s('pop3.web.de')],
    usernameForm: null,
    notes: [ENABLE_ACCESS],
    documentationUrl: 'https://hilfe.web.de/pop-imap/',
  },
  {
    // ISPDB t-online.de; the mail password is one of its own
    name: 'T-Online',
    domains: ['t-online.de'],
    mx: [],
    outgoing: smtps('securesmtp.t-online.de'),
    incoming: [imaps('secureimap.t-online.de'), pop3s('securepop.t-online.de')],
    usernameForm: ADDRESS,
    notes: [APP_PASSWORD],
    documentationUrl: null,
  },
  {
    // help.mail.ru/mail/mailer/popsmtp
    name: 'Mail.ru',
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'internet.ru'],
    mx: ['mail.ru'],
    outgoing: smtps('smtp.mail.ru'),
    incoming: [imaps('imap.mail.ru'), pop3s('pop.mail.ru')],
    usernameForm: ADDRESS,
    notes: [APP_PASSWORD],
    documentationUrl: 'https://help.mail.ru/mail/mailer/popsmtp',
  },
  {
    // yandex.com/support/yandex-360/customers/mail/en/mail-clients/others
    name: 'Yandex Mail',
    domains: ['yandex.ru', 'yandex.com', 'ya.ru', 'yandex.kz', 'yandex.by'],
    mx: ['mx.yandex.net', 'mx.yandex.ru'],
    outgoing: smtps('smtp.yandex.com'),
    incoming: [imaps('imap.yandex.com'), pop3s('pop.yandex.com')],
    usernameForm: null,
    notes: [APP_PASSWORD, ENABLE_ACCESS],
    documentationUrl: 'https://yandex.com/support/yandex-360/customers/mail/en/mail-clients/others',
  },
  {
    // proton.me/support/imap-smtp-and-pop3-setup: only through Proton Mail Bridge, whose ports these are
    name: 'Proton Mail (Bridge)',
    domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'],
    mx: ['protonmail.ch'],
    outgoing: submission('127.0.0.1', 1025),
    incoming: [{ ...imaps('127.0.0.1'), port: 1143, encryption: EncryptionMode.TLS }],
    usernameForm: ADDRESS,
    notes: [LOCAL_BRIDGE, APP_PASSWORD],
    documentationUrl: 'https://proton.me/support/imap-smtp-and-pop3-setup',
  },
  {
    // www.docomo.ne.jp/service/docomo_mail/security (a password for IMAP); signs in by d ACCOUNT
    name: 'ドコモメール',
    domains: ['docomo.ne.jp'],
    mx: [],
    outgoing: smtps('smtp.spmode.ne.jp'),
    incoming: [imaps('imap.spmode.ne.jp')],
    usernameForm: null,
    notes: [PROVIDER_USER_NAME, APP_PASSWORD, ENABLE_ACCESS],
    documentationUrl: 'https://www.docomo.ne.jp/service/docomo_mail/',
  },
  {
    // Several published configurations of mail programs agree on both servers
    name: 'SoftBank (i.softbank.jp)',
    domains: ['i.softbank.jp'],
    mx: [],
    outgoing: smtps('smtp.softbank.jp'),
    incoming: [imaps('imap.softbank.jp')],
    usernameForm: null,
    notes: [],
    documentationUrl: null,
  },
  {
    // ISPDB ocn.ne.jp (POP3); support.ntt.com/ocn-business/support/detail/pid21000001uk9/ (IMAP4)
    name: 'OCN',
    domains: ['ocn.ne.jp', 'ocn.ad.jp', '.ocn.ne.jp'],
    mx: [],
    outgoing: smtps('smtp.ocn.ne.jp'),
    incoming: [imaps('imap.ocn.ne.jp'), pop3s('pop.ocn.ne.jp')],
    usernameForm: ADDRESS,
    notes: [],
    documentationUrl: 'https://support.ntt.com/ocn-business/support/detail/pid21000001uk9/',
  },
  {
    // support.so-net.ne.jp/fa/faq/web/knowledge1804.html (IMAP must be asked for)
    name: 'So-net',
    domains: ['so-net.ne.jp', '.so-net.ne.jp'],
    mx: [],
    outgoing: submission('mail.so-net.ne.jp'),
    incoming: [imaps('imap.so-net.ne.jp')],
    usernameForm: null,
    notes: [ENABLE_ACCESS],
    documentationUrl: 'https://support.so-net.ne.jp/fa/faq/web/knowledge1804.html',
  },
  {
    // ISPDB biglobe.ne.jp; support.biglobe.ne.jp/settei/mailer/imap.html
    name: 'BIGLOBE',
    domains: ['biglobe.ne.jp', '.biglobe.ne.jp'],
    mx: ['biglobe.ne.jp'],
    outgoing: smtps('mail.biglobe.ne.jp'),
    incoming: [imaps('mail.biglobe.ne.jp'), pop3s('mail.biglobe.ne.jp')],
    usernameForm: ADDRESS,
    notes: [],
    documentationUrl: 'https://support.biglobe.ne.jp/settei/mailer/imap.html',
  },
  {
    // ISPDB nifty.com for POP3 and the names; SSL on the usual ports
    name: '@nifty',
    domains: ['nifty.com'],
    mx: [],
    outgoing: smtps('smtp.nifty.com'),
    incoming: [imaps('imap.nifty.com'), pop3s('pop.nifty.com')],
    usernameForm: ADDRESS,
    notes: [],
    documentationUrl: 'https://mail.nifty.com/info/manual/#settingMethod-area',
  },
  {
    // The first domain of a contract is its mail server's name: help.sakura.ad.jp
    name: 'さくらインターネット',
    domains: ['.sakura.ne.jp'],
    mx: [],
    outgoing: submission('%EMAILDOMAIN%'),
    incoming: [imaps('%EMAILDOMAIN%'), pop3s('%EMAILDOMAIN%')],
    usernameForm: ADDRESS,
    notes: [],
    documentationUrl: 'https://help.sakura.ad.jp/',
  },
  {
    // Customers' own domains are delivered to that first domain
    name: 'さくらインターネット',
    domains: [],
    mx: ['sakura.ne.jp'],
    outgoing: submission('%MX%'),
    incoming: [imaps('%MX%'), pop3s('%MX%')],
    usernameForm: ADDRESS,
    notes: [],
    documentationUrl: 'https://help.sakura.ad.jp/',
  },
  {
    // www.xserver.ne.jp/manual: one server, svNNN.xserver.jp, for everything; the user name is the address
    name: 'エックスサーバー',
    domains: [],
    mx: ['xserver.jp'],
    outgoing: smtps('%MX%'),
    incoming: [imaps('%MX%'), pop3s('%MX%')],
    usernameForm: ADDRESS,
    notes: [],
    documentationUrl: 'https://www.xserver.ne.jp/manual/',
  },
  {
    // muumuu-mail.com: servers as its customers' programs have them
    name: 'ムームーメール',
    domains: [],
    mx: ['muumuu-mail.com'],
    outgoing: smtps('smtp.muumuu-mail.com'),
    incoming: [imaps('imap4.muumuu-mail.com'), pop3s('pop3.muumuu-mail.com')],
    usernameForm: ADDRESS,
    notes: [],
    documentationUrl: 'https://muumuu-mail.com/',
  },
]
