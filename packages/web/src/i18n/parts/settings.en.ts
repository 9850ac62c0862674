import type { SettingsWords } from './settings.ja.js'

export const words: SettingsWords = {
  settings: {
    title: 'General settings',
    lead: 'What holds for everybody and every mail server. It takes effect as soon as it is saved.',
    loadFailed: 'The settings could not be loaded',
    saved: 'The settings have been saved.',
    unsaved: 'There are unsaved changes.',
    reset: 'Discard changes',
    on: 'On',
    off: 'Off',
    mib: '{count} MiB',
    everyMinutes: 'Every {count} min',
    minutes: 'min',
    people: 'What people may do',
    peopleLead: 'Administrators may always do all of it.',
    usersManageAccounts: 'Manage their own mail accounts',
    usersManageAccountsHint: 'Off: only administrators add, change and delete mail accounts.',
    usersLeaveMail: 'Leave received mail on the mail server',
    usersLeaveMailHint:
      'Off: people cannot choose to leave mail there. Accounts that already do stay as they are: their owners can only stop it, and not change the number of days.',
    mail: 'Mail',
    mailLead: 'For receiving and sending.',
    messageSizeLimitMib: 'Largest message',
    messageSizeLimitMibHint:
      '{min} to {max}. A larger message is not received: it stays on its server and is listed on its account’s page. Attachments grow by about 1.4 within a message. Once Mailroom sends mail, it will be the limit there too.',
    receivesAutomatically: 'Receive mail automatically',
    receivesAutomaticallyHint: 'Off: Mailroom connects only when somebody asks for new mail.',
    receiveIntervalMinutes: 'How often',
    receiveIntervalMinutesHint:
      '{min} to {max} (one day). The shorter, the more connections to the mail servers.',
    network: 'Connections',
    networkLead: 'Where mail servers may be for Mailroom to connect to them.',
    allowsPrivateNetworks: 'Connect to mail servers on private networks',
    allowsPrivateNetworksHint:
      'That is this very machine (127.0.0.1) and private addresses (10.x, 172.16.x, 192.168.x). Off: only mail servers on the Internet.',
    deniedByEnvironment:
      'The environment that Mailroom was started in forbids this (MAILROOM_PRIVATE_NETWORKS=deny), so it cannot be changed here.',
    language: 'Language',
    languageLead: 'Everybody can choose a language of their own on screen.',
    defaultLanguage: 'Language at first',
    defaultLanguageHint:
      'For people who have not chosen one and whose browser speaks neither Japanese nor English; also on the sign-in page.',
  },
}
