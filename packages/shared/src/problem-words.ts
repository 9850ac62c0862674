import type { DiagnosisProblem } from './diagnosis.js'
import type { Language } from './error-code.js'

/** What went wrong, in a few words, and one sentence that says what to do about it. */
export interface ProblemWords {
  readonly title: string
  readonly advice: string
}

const WORDS: Readonly<Record<DiagnosisProblem, Readonly<Record<Language, ProblemWords>>>> = {
  NAME_NOT_FOUND: {
    ja: { title: 'サーバー名が見つかりません', advice: 'サーバー名のつづりを確認してください。' },
    en: { title: 'The server name does not exist', advice: 'Check how the server name is spelt.' },
  },
  RESOLVE_FAILED: {
    ja: {
      title: 'サーバー名を調べられませんでした',
      advice: 'DNSサーバーに問い合わせできません。ネットワークを確認して、もう一度お試しください。',
    },
    en: {
      title: 'The server name could not be looked up',
      advice: 'The DNS server does not answer. Check the network and try again.',
    },
  },
  ADDRESS_FORBIDDEN: {
    ja: {
      title: '接続が許可されていないアドレスです',
      advice:
        'このサーバー名は、接続を禁じられたアドレスを指しています。別のサーバー名を入力してください。',
    },
    en: {
      title: 'This address may not be connected to',
      advice: 'The server name leads to a forbidden address. Enter another one.',
    },
  },
  CONNECT_REFUSED: {
    ja: {
      title: '接続を拒否されました',
      advice: 'ポート番号が正しいか、メールサーバーが動いているかを確認してください。',
    },
    en: {
      title: 'The connection was refused',
      advice: 'Check the port number, and that the mail server is running.',
    },
  },
  CONNECT_UNREACHABLE: {
    ja: {
      title: 'サーバーに届きません',
      advice: 'ネットワークの経路やファイアウォールの設定を確認してください。',
    },
    en: {
      title: 'The server cannot be reached',
      advice: 'Check the network’s routes and the firewall.',
    },
  },
  CONNECTION_LOST: {
    ja: {
      title: '接続が途中で切れました',
      advice: '暗号化の種類とポート番号の組み合わせを確認して、もう一度お試しください。',
    },
    en: {
      title: 'The connection broke off',
      advice: 'Check that encryption and port number belong together, then try again.',
    },
  },
  TIMEOUT: {
    ja: {
      title: '時間内に応答がありませんでした',
      advice:
        'ポート番号と暗号化の種類を確認してください。正しければ、タイムアウトまでの時間を長くしてください。',
    },
    en: {
      title: 'There was no answer in time',
      advice: 'Check port number and encryption. If they are right, set a longer time-out.',
    },
  },
  TLS_NOT_OFFERED: {
    ja: {
      title: 'サーバーはTLS（STARTTLS）に対応していません',
      advice: '暗号化を「SSLを使用する」に変え、ポート番号を確認してください。',
    },
    en: {
      title: 'The server does not offer TLS (STARTTLS)',
      advice: 'Change the encryption to SSL and check the port number.',
    },
  },
  TLS_FAILED: {
    ja: {
      title: '暗号化通信を始められませんでした',
      advice:
        'サーバーが古い暗号化方式しか使えない可能性があります。サーバーの管理者に確認してください。',
    },
    en: {
      title: 'Encryption could not be started',
      advice: 'The server may only know outdated encryption. Ask its administrator.',
    },
  },
  TLS_ON_PLAIN_PORT: {
    ja: {
      title: 'このポートはSSLで始まりません',
      advice: '暗号化を「TLSを使用する」に変えるか、SSL用のポート番号を入力してください。',
    },
    en: {
      title: 'This port does not begin with SSL',
      advice: 'Change the encryption to TLS (STARTTLS), or enter the port for SSL.',
    },
  },
  TLS_EXPECTED: {
    ja: {
      title: 'このポートはSSLでの接続を待っています',
      advice: '暗号化を「SSLを使用する」に変えてください。',
    },
    en: { title: 'This port expects SSL', advice: 'Change the encryption to SSL.' },
  },
  TLS_CERTIFICATE_UNTRUSTED: {
    ja: {
      title: '証明書を信頼できません',
      advice: '社内で発行した証明書なら、下のSHA-256を管理者に確認したうえで信頼してください。',
    },
    en: {
      title: 'The certificate is not trusted',
      advice:
        'If your company issued it, compare its SHA-256 with the server’s administrator, then trust it.',
    },
  },
  TLS_CERTIFICATE_EXPIRED: {
    ja: {
      title: '証明書の有効期限が切れています',
      advice: 'サーバーの管理者に証明書の更新を依頼してください。',
    },
    en: {
      title: 'The certificate has expired',
      advice: 'Ask the server’s administrator to renew it.',
    },
  },
  TLS_CERTIFICATE_NOT_YET_VALID: {
    ja: {
      title: '証明書がまだ有効になっていません',
      advice: 'このコンピューターの時計と、証明書の有効期間を確認してください。',
    },
    en: {
      title: 'The certificate is not valid yet',
      advice: 'Check this computer’s clock and the certificate’s dates.',
    },
  },
  TLS_CERTIFICATE_WRONG_NAME: {
    ja: {
      title: '証明書の名前がサーバー名と違います',
      advice:
        '証明書にある名前をサーバー名に入力するか、確認したうえでこの証明書を信頼してください。',
    },
    en: {
      title: 'The certificate is for another name',
      advice: 'Enter a name that the certificate holds, or trust this certificate once checked.',
    },
  },
  TLS_CERTIFICATE_CHANGED: {
    ja: {
      title: '信頼した証明書と違う証明書です',
      advice:
        '証明書が更新されたか、管理者に確認してください。確認できるまで信頼しないでください。',
    },
    en: {
      title: 'This is not the certificate you trusted',
      advice: 'Ask the administrator whether it was renewed. Do not trust it before you know.',
    },
  },
  NOT_THIS_PROTOCOL: {
    ja: {
      title: '別の種類のサーバーが応答しました',
      advice: 'サーバー名、ポート番号、受信プロトコルの組み合わせを確認してください。',
    },
    en: {
      title: 'Another kind of server answered',
      advice: 'Check that server name, port number and protocol belong together.',
    },
  },
  PROTOCOL_ERROR: {
    ja: {
      title: '理解できない応答がありました',
      advice: 'サーバーの応答を確認し、サーバーの管理者に知らせてください。',
    },
    en: {
      title: 'The server’s answer was not understood',
      advice: 'Look at what the server said, and tell its administrator.',
    },
  },
  GREETING_REFUSED: {
    ja: {
      title: 'サーバーに接続を断られました',
      advice: 'サーバーの応答を確認してください。接続元の制限や一時的な混雑の可能性があります。',
    },
    en: {
      title: 'The server turned the connection away',
      advice: 'Look at what the server said: it may be busy, or limit who connects.',
    },
  },
  AUTH_METHOD_NOT_OFFERED: {
    ja: {
      title: '選んだ認証方法に対応していません',
      advice: 'サーバーが対応している認証方法に変えてください。',
    },
    en: {
      title: 'The server does not offer this authentication',
      advice: 'Choose a method that the server offers.',
    },
  },
  TLS_VERSION_TOO_OLD: {
    ja: {
      title: 'サーバーのTLSが古すぎます',
      advice: 'TLS 1.2 以上が必要です。サーバーの管理者に更新を依頼してください。',
    },
    en: {
      title: 'The server only knows outdated TLS',
      advice: 'TLS 1.2 is the least that is accepted. Ask the server’s administrator to update it.',
    },
  },
  TLS_CERTIFICATE_SELF_SIGNED: {
    ja: {
      title: '自己署名の証明書です',
      advice: 'SHA-256 をサーバーの管理者と照合したうえで、この証明書を信頼してください。',
    },
    en: {
      title: 'The certificate is signed by itself',
      advice: 'Compare its SHA-256 with the server’s administrator, then trust this certificate.',
    },
  },
  TLS_CERTIFICATE_WEAK: {
    ja: {
      title: '証明書の鍵または署名が弱すぎます',
      advice: '新しい証明書の発行をサーバーの管理者に依頼してください。',
    },
    en: {
      title: 'The certificate’s key or signature is too weak',
      advice: 'Ask the server’s administrator for a new certificate.',
    },
  },
  TLS_CERTIFICATE_EXPIRES_SOON: {
    ja: {
      title: '証明書の有効期限が近づいています',
      advice: '期限までに更新するよう、サーバーの管理者に依頼してください。',
    },
    en: {
      title: 'The certificate expires soon',
      advice: 'Ask the server’s administrator to renew it in time.',
    },
  },
  AUTH_NEEDS_ENCRYPTION: {
    ja: {
      title: 'サインインの前に暗号化が必要です',
      advice: '暗号化通信をSSLまたはTLSに変更してください。',
    },
    en: {
      title: 'The server wants encryption before signing in',
      advice: 'Change the encryption to SSL or TLS.',
    },
  },
  AUTH_IN_CLEAR_TEXT: {
    ja: {
      title: 'パスワードが暗号化されずに送られました',
      advice:
        '動作しますが、経路上の誰でも読み取れます。サーバーが対応していればSSLまたはTLSを使用してください。',
    },
    en: {
      title: 'The password travelled unencrypted',
      advice:
        'It works, but anybody on the way can read it. Use SSL or TLS if the server offers it.',
    },
  },
  AUTH_SERVER_UNPROVEN: {
    ja: {
      title: 'サーバーが本物であることを確認できませんでした',
      advice:
        'パスワードを知らない偽のサーバーかもしれません。これ以上進めず、管理者に確認してください。',
    },
    en: {
      title: 'The server could not prove who it is',
      advice:
        'It does not know the password, so it may be a false server. Do not go on; ask its administrator.',
    },
  },
  APP_PASSWORD_REQUIRED: {
    ja: {
      title: 'アプリ用のパスワードが必要です',
      advice:
        'プロバイダーのアカウント設定でアプリ用のパスワードを作成し、それを入力してください。',
    },
    en: {
      title: 'This provider wants an app password',
      advice: 'Make an app password in the provider’s account settings and enter it here.',
    },
  },
  OAUTH_REQUIRED: {
    ja: {
      title: 'OAuth 2.0 だけが使えるプロバイダーです',
      advice: '認証方法に OAuth 2.0 (XOAUTH2) を選択してください。',
    },
    en: {
      title: 'This provider only accepts OAuth 2.0',
      advice: 'Choose OAuth 2.0 (XOAUTH2) for signing in.',
    },
  },
  OAUTH_TOKEN_REJECTED: {
    ja: {
      title: 'OAuth 2.0 のトークンを拒否されました',
      advice:
        'メールボックスの持ち主のアカウントで、もう一度プロバイダーにサインインしてください。',
    },
    en: {
      title: 'The server refused the OAuth 2.0 token',
      advice: 'Sign in to the provider again, with the account that owns the mailbox.',
    },
  },
  OAUTH_GRANT_ENDED: {
    ja: {
      title: 'OAuth 2.0 の許可が切れています',
      advice: 'もう一度プロバイダーにサインインして、許可を更新してください。',
    },
    en: {
      title: 'The OAuth 2.0 permission has ended',
      advice: 'Sign in to the provider again to renew it.',
    },
  },
  POP_BEFORE_SMTP_NEEDED: {
    ja: {
      title: '送信の前に受信サーバーへのサインインが必要です',
      advice: '「受信後に送信を行う」をオンにしてください。',
    },
    en: {
      title: 'The server wants a sign-in for receiving before sending',
      advice: 'Switch “Sign in to the incoming server before sending” on.',
    },
  },
  POP_BEFORE_SMTP_FAILED: {
    ja: {
      title: '受信サーバーにサインインできず、送信を行いませんでした',
      advice: '先に受信側を直してください。',
    },
    en: {
      title: 'Signing in to the incoming server failed, so nothing was sent',
      advice: 'Mend the incoming side first.',
    },
  },
  AUTH_NEEDED: {
    ja: {
      title: 'SMTP認証が必要です',
      advice: 'サーバーが対応している認証方法を選択してください。',
    },
    en: {
      title: 'The server wants SMTP authentication',
      advice: 'Choose one of the authentication methods that it offers.',
    },
  },
  SENDER_REFUSED: {
    ja: {
      title: '送信元のアドレスを拒否されました',
      advice: 'サインインするアカウントのアドレスであることを確認してください。',
    },
    en: {
      title: 'The server refused the sender’s address',
      advice: 'Check that the address belongs to the account that signs in.',
    },
  },
  RECIPIENT_REFUSED: {
    ja: {
      title: '宛先のアドレスを拒否されました',
      advice: 'アドレスと、このサーバーから送信できる宛先であることを確認してください。',
    },
    en: {
      title: 'The server refused the recipient’s address',
      advice: 'Check the address, and whether this server may send to it.',
    },
  },
  MESSAGE_REFUSED: {
    ja: { title: 'メールを拒否されました', advice: 'サーバーの応答に理由が書かれています。' },
    en: { title: 'The server refused the message', advice: 'Its words say why.' },
  },
  MESSAGE_NOT_RECEIVED: {
    ja: {
      title: '送信したメールがまだ届いていません',
      advice:
        '遅れているだけかもしれません。メールボックスを確認し、送信側と受信側が同じアカウントか確認してください。',
    },
    en: {
      title: 'The message was sent and has not arrived',
      advice:
        'It may only be slow. Look into the mailbox, and check that both sides belong to one account.',
    },
  },
  APOP_NOT_OFFERED: {
    ja: {
      title: 'サーバーはAPOP認証に対応していません',
      advice: 'APOP認証を使わない設定にして、SSLで暗号化してください。',
    },
    en: { title: 'The server does not offer APOP', advice: 'Turn APOP off, and encrypt with SSL.' },
  },
  AUTH_REJECTED: {
    ja: {
      title: 'アカウントまたはパスワードを拒否されました',
      advice:
        'アカウント名とパスワードを確認してください。アプリ用のパスワードが必要なサーバーもあります。',
    },
    en: {
      title: 'The account or password was rejected',
      advice: 'Check both. Some servers ask for an app password.',
    },
  },
  AUTH_TEMPORARY: {
    ja: {
      title: 'いまは認証を受け付けていません',
      advice: 'しばらく待ってから、もう一度お試しください。',
    },
    en: {
      title: 'The server takes no sign-ins right now',
      advice: 'Wait a while, then try again.',
    },
  },
  MAILBOX_FAILED: {
    ja: {
      title: 'メールボックスを開けませんでした',
      advice: 'サーバーの応答を確認し、受信メールの保存場所があるか管理者に確認してください。',
    },
    en: {
      title: 'The mailbox could not be opened',
      advice: 'Look at what the server said, and ask whether the account has a mailbox.',
    },
  },
  MAILBOX_CHANGED: {
    ja: {
      title: '受信中にサーバーのメールボックスが作り直されました',
      advice: '次回の受信であらためて確認します。続くときは、サーバーの管理者に確認してください。',
    },
    en: {
      title: 'The server replaced the mailbox while mail was being received',
      advice: 'The next run looks at it anew. If it goes on, ask the server’s administrator.',
    },
  },
  MESSAGE_TOO_LARGE: {
    ja: {
      title: 'サイズの上限を超えるメールがあります',
      advice:
        'このメールはサーバーに残っています。管理者がメールのサイズの上限を上げると受信できます。',
    },
    en: {
      title: 'A message is larger than the limit',
      advice: 'It stays at the server until an administrator raises the limit on message size.',
    },
  },
  MESSAGE_UNAVAILABLE: {
    ja: {
      title: 'サーバーがメールを渡しませんでした',
      advice:
        'ほかのメールは受信し、このメールは次回もう一度受信します。続くときは、サーバーの管理者に確認してください。',
    },
    en: {
      title: 'The server would not give a message',
      advice:
        'The others are received, and this one is tried again next time. If it goes on, ask the server’s administrator.',
    },
  },
  MAIL_SERVER_DELETED: {
    ja: {
      title: 'メールサーバーが削除されています',
      advice:
        'このアカウントのメールサーバーは削除されたため、送受信できません。アカウントの設定で別のメールサーバーを選んでください。',
    },
    en: {
      title: 'The mail server has been deleted',
      advice:
        'Nothing is sent or received through it any more. Choose another mail server in the account’s settings.',
    },
  },
  MAIL_ACCOUNT_DISABLED: {
    ja: {
      title: 'このアカウントは使用停止中です',
      advice: '送受信するには、アカウントの設定で使用停止を解除してください。',
    },
    en: {
      title: 'This account is out of use',
      advice: 'To send and receive, put it back into use in the account’s settings.',
    },
  },
  USER_DEACTIVATED: {
    ja: {
      title: 'アカウントの利用者は利用停止中です',
      advice:
        'そのため、保存されたパスワードは使われず、送受信もできません。管理者が利用者の利用停止を解除すると、また使えます。',
    },
    en: {
      title: 'The account’s owner is deactivated',
      advice:
        'So the stored passwords are not used, and nothing is sent or received. It works again once an administrator reactivates the person.',
    },
  },
  PASSWORD_MISSING: {
    ja: {
      title: 'パスワードが保存されていません',
      advice: 'アカウントの設定で受信メールパスワードを入力して保存してください。',
    },
    en: {
      title: 'No password is stored',
      advice: 'Enter the incoming password in the account’s settings and save.',
    },
  },
  MARKING_REFUSED: {
    ja: {
      title: '受信したメールを既読にできませんでした',
      advice:
        'メールはすべて受信しました。サーバーのメールボックスが読み取り専用になっていないか確認してください。',
    },
    en: {
      title: 'The server would not mark the mail as read',
      advice: 'All mail has been received. Ask whether the mailbox at the server is read-only.',
    },
  },
  REMOVAL_REFUSED: {
    ja: {
      title: '受信したメールをサーバーから削除できませんでした',
      advice: 'メールはすべて受信しました。次回の受信でもう一度削除します。',
    },
    en: {
      title: 'The server did not remove the received mail',
      advice: 'All mail has been received. The next receiving will try to remove it again.',
    },
  },
  CANCELLED: {
    ja: {
      title: '受信を中止しました',
      advice: 'それまでに受信したメールは保存されています。残りは次回の受信で受け取ります。',
    },
    en: {
      title: 'Receiving was stopped',
      advice: 'What had been received is kept. The rest comes with the next receiving.',
    },
  },
  STORAGE_FULL: {
    ja: {
      title: '保存先の空き容量がありません',
      advice:
        'メールはサーバーに残っています。データベースの空き容量を増やすよう管理者に依頼してください。',
    },
    en: {
      title: 'There is no room to store mail',
      advice: 'The mail is still at the server. Ask whoever runs Mailroom to free disk space.',
    },
  },
  STORAGE_UNAVAILABLE: {
    ja: {
      title: 'メールを保存できませんでした',
      advice:
        'データベースに接続できません。メールはサーバーに残っています。しばらくしてからもう一度受信してください。',
    },
    en: {
      title: 'Mail could not be stored',
      advice: 'The database is out of reach; the mail is still at the server. Try again later.',
    },
  },
  INTERNAL: {
    ja: {
      title: 'Mailroomの内部でエラーが起きました',
      advice:
        '受信したメールは保存されています。続くときは、記録（ログ）を添えて管理者に連絡してください。',
    },
    en: {
      title: 'Mailroom itself failed',
      advice:
        'What had been received is kept. If it goes on, tell whoever runs Mailroom to look at the log.',
    },
  },
}

/** For the code of a newer version of the API. */
const UNKNOWN: Readonly<Record<Language, ProblemWords>> = {
  ja: { title: '問題が見つかりました', advice: 'サーバーの応答とコードを確認してください。' },
  en: { title: 'A problem was found', advice: 'Look at the code and what the server said.' },
}

/** The words for a problem's code, the same in API, console and documents. */
export function problemWords(problem: string, language: Language): ProblemWords {
  return (isKnown(problem) ? WORDS[problem] : UNKNOWN)[language]
}

function isKnown(problem: string): problem is DiagnosisProblem {
  return Object.hasOwn(WORDS, problem)
}
