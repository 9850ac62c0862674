import type { Widened } from '../widened.js'

export const words = {
  settings: {
    title: '全体の設定',
    lead: 'すべての利用者とメールサーバーに関わる設定です。保存すると、すぐに有効になります。',
    loadFailed: '設定を読み込めませんでした',
    saved: '設定を保存しました。',
    unsaved: '保存していない変更があります。',
    reset: '変更を取り消す',
    on: 'オン',
    off: 'オフ',
    mib: '{count} MiB',
    everyMinutes: '{count}分ごと',
    minutes: '分',
    people: '利用者にできること',
    peopleLead: '管理者は、この設定にかかわらず、いつでもすべて行えます。',
    usersManageAccounts: '自分のユーザーアカウントを管理できる',
    usersManageAccountsHint:
      'オフにすると、ユーザーアカウントの追加・変更・削除は管理者だけが行います。',
    usersLeaveMail: '受信したメールをメールサーバーに残せる',
    usersLeaveMailHint:
      'オフにすると、利用者は「残さない」だけを選べます。すでにメールを残しているアカウントはそのままで、利用者にできるのは「残さない」に変えることだけです（残す日数も変えられません）。',
    mail: 'メール',
    mailLead: '受信と送信の両方に関わる設定です。',
    messageSizeLimitMib: 'メール1通の大きさの上限',
    messageSizeLimitMibHint:
      '{min}から{max}まで。これより大きいメールは受信せず、メールサーバーに残したままアカウントの画面に示します。添付ファイルはメールの中で約1.4倍の大きさになります。送信できるようになると、送信の上限にもなります。',
    receivesAutomatically: 'メールを自動的に受信する',
    receivesAutomaticallyHint:
      'オフのときは、利用者が受信の操作をしたときだけメールサーバーに接続します。',
    receiveIntervalMinutes: '受信の間隔',
    receiveIntervalMinutesHint:
      '{min}から{max}（1日）まで。短くするほど、メールサーバーへの接続が増えます。',
    network: '接続先',
    networkLead: 'Mailroomが接続してよいメールサーバーの場所です。',
    allowsPrivateNetworks: '社内ネットワークのメールサーバーに接続する',
    allowsPrivateNetworksHint:
      'この機械自身（127.0.0.1など）と、プライベートアドレス（10.x、172.16.x、192.168.xなど）です。オフにすると、インターネット上のメールサーバーだけに接続します。',
    deniedByEnvironment:
      'Mailroomを起動する環境（MAILROOM_PRIVATE_NETWORKS=deny）で禁止されているため、ここでは変更できません。',
    language: '言語',
    languageLead: 'だれもが画面で自分の言語を選べます。',
    defaultLanguage: '最初の言語',
    defaultLanguageHint:
      '自分で選んでおらず、ブラウザーの言語が日本語でも英語でもない人に使います。サインインの画面も同じです。',
  },
}

export type SettingsWords = Widened<typeof words>
