import type { FieldRule, Language } from '@mailroom/shared'

type Wording = Readonly<Record<Language, (limit: number | undefined) => string>>

const WORDINGS: Readonly<Record<FieldRule, Wording>> = {
  required: { ja: () => '入力してください。', en: () => 'Enter a value.' },
  type: { ja: () => '正しい形式で入力してください。', en: () => 'This value has the wrong form.' },
  maxLength: {
    ja: (limit) => `${limit}文字以内で入力してください。`,
    en: (limit) => `Use at most ${limit} characters.`,
  },
  minLength: {
    ja: (limit) => `${limit}文字以上で入力してください。`,
    en: (limit) => `Use at least ${limit} characters.`,
  },
  min: {
    ja: (limit) => `${limit}以上にしてください。`,
    en: (limit) => `Must be at least ${limit}.`,
  },
  max: {
    ja: (limit) => `${limit}以下にしてください。`,
    en: (limit) => `Must be at most ${limit}.`,
  },
  plainText: {
    ja: () => '使用できない文字（制御文字など）が含まれています。',
    en: () => 'Contains characters that cannot be used, such as control characters.',
  },
  host: {
    ja: () => 'ホスト名またはIPアドレスだけを入力してください（例: smtp.example.co.jp）。',
    en: () => 'Enter only a host name or an IP address, such as smtp.example.com.',
  },
  fingerprint: {
    ja: () => 'SHA-256の16進数64桁で入力してください。',
    en: () => 'Enter a SHA-256 fingerprint of 64 hex digits.',
  },
  certificate: {
    ja: () => '証明書をPEM形式（-----BEGIN CERTIFICATE-----）で入力してください。',
    en: () => 'Enter certificates in PEM form (-----BEGIN CERTIFICATE-----).',
  },
  email: {
    ja: () => 'メールアドレスを1つだけ入力してください（例: taro@example.co.jp）。',
    en: () => 'Enter one e-mail address, such as taro@example.com.',
  },
  codeInUse: {
    ja: () => 'このコードはすでに使われています。別のコードにしてください。',
    en: () => 'This code is in use already. Choose a different one.',
  },
  mailServer: {
    ja: () =>
      'このメールサーバーは登録されていないか、削除されています。別のものを選んでください。',
    en: () => 'This mail server is not there, or has been deleted. Choose another one.',
  },
  mailServerCode: {
    ja: () =>
      'このコードのメールサーバーは登録されていないか、削除されています。メールサーバーの一覧でコードを確認してください。',
    en: () =>
      'No mail server has this code, or it has been deleted. Look it up in the list of mail servers.',
  },
  loginName: {
    ja: () => 'このログイン名の利用者は登録されていません。利用者の一覧で確認してください。',
    en: () => 'Nobody has this login name. Look it up in the list of people.',
  },
  user: {
    ja: () => 'このユーザーは登録されていません。一覧から選び直してください。',
    en: () => 'There is no such person any more. Choose another one.',
  },
  ownAccount: {
    ja: () => '自分のアカウントだけを登録できます。',
    en: () => 'You can only have accounts of your own.',
  },
  namedMailbox: {
    ja: () =>
      'このメールサーバーのメールボックスは、管理者だけが指定できます。管理者に依頼してください。',
    en: () => 'At this mail server only administrators name the mailbox. Ask one of them.',
  },
  notAllowed: {
    ja: () => '管理者の設定により、選べません。',
    en: () => 'The administrators’ settings do not allow this.',
  },
  savedSettings: {
    ja: () =>
      '保存されたパスワードは、保存されている設定でだけ使えます。先に保存するか、パスワードを入力してください。',
    en: () =>
      'Stored passwords go only where the stored settings say. Save first, or enter the password.',
  },
  oauthGrant: {
    ja: () => 'このサインインはこのアカウントでは使えません。サインインし直してください。',
    en: () => 'This sign-in cannot be used for this account. Sign in again.',
  },
  apopNeedsPop3: {
    ja: () => 'APOP認証はPOP3でだけ使用できます。',
    en: () => 'APOP works with POP3 only.',
  },
  providerUrl: {
    ja: () => 'https:// で始まるアドレスを入力してください。',
    en: () => 'Enter an address that begins with https://.',
  },
  oauthFlow: {
    ja: () => 'このプロバイダーはクライアント資格情報方式に対応していません。',
    en: () => 'This provider does not offer client credentials.',
  },
  oauthProvider: {
    ja: () => 'このプロバイダーは登録されていません。一覧から選び直してください。',
    en: () => 'There is no such provider any more. Choose another one.',
  },
  secretAgain: {
    ja: () => '送り先が変わるため、クライアントシークレットをもう一度入力してください。',
    en: () => 'The secret would go somewhere else now. Enter it again.',
  },
  loginNameInUse: {
    ja: () => 'このログイン名はすでに使われています。別のログイン名にしてください。',
    en: () => 'Somebody else has this login name. Choose a different one.',
  },
  passwordWrong: {
    ja: () => '現在のパスワードが正しくありません。',
    en: () => 'This is not your current password.',
  },
  unknown: { ja: () => 'この項目はありません。', en: () => 'There is no such field.' },
  tooMany: { ja: (limit) => `${limit}件以内にしてください。`, en: (limit) => `At most ${limit}.` },
  choice: {
    ja: () => '決められた値のどれかを入力してください。',
    en: () => 'Enter one of the values that are known here.',
  },
  wholeNumber: {
    ja: () => '整数を数字だけで入力してください。',
    en: () => 'Enter a whole number, in digits only.',
  },
  repeatedCode: {
    ja: (row) => `同じコードが${row}行目にもあります。`,
    en: (row) => `Row ${row} has the same code.`,
  },
  surplusCells: {
    ja: (limit) => `列が多すぎます。この行は${limit}列までです。`,
    en: (limit) => `This row has more cells than the ${limit} columns there are.`,
  },
  fileSize: {
    ja: (limit) => `ファイルが大きすぎます。${limit} MB以内にしてください。`,
    en: (limit) => `The file is too large: at most ${limit} MB.`,
  },
  csvEncoding: {
    ja: () =>
      'ファイルの文字コードがUTF-8でもShift_JISでもありません。CSV（UTF-8）形式で保存し直してください。',
    en: () => 'The file is neither UTF-8 nor Shift_JIS. Save it again as CSV (UTF-8).',
  },
  csvSyntax: {
    ja: (row) =>
      `${row}行目をCSVとして読めません。引用符（"）が閉じているか、1行が長すぎないかを確認してください。`,
    en: (row) =>
      `Row ${row} cannot be read as CSV. Check that its quotation marks are closed and that it is not too long.`,
  },
  csvEmpty: {
    ja: () => 'ファイルに読み込める行がありません。',
    en: () => 'The file has no rows to import.',
  },
  csvColumns: {
    ja: (limit) => `1行の列は${limit}列までです。`,
    en: (limit) => `A row can have at most ${limit} columns.`,
  },
  csvHeading: {
    ja: () => '見出しの行に、コードの列がないか、同じ項目の列が2つあります。',
    en: () => 'The heading has no column for the code, or two columns for the same thing.',
  },
  mailAccount: {
    ja: () => 'このアカウントは見つかりません。一覧から選び直してください。',
    en: () => 'There is no such account. Choose one from the list.',
  },
  message: {
    ja: () =>
      '元のメールが見つかりません。削除された可能性があります。新しいメールとして作成してください。',
    en: () => 'The original message is not there any more. Write a new message instead.',
  },
  attachment: {
    ja: () => '添付ファイルが見つかりません。もう一度添付してください。',
    en: () => 'The attachment is not there any more. Attach it again.',
  },
  draft: {
    ja: () => 'この下書きは見つかりません。開き直してください。',
    en: () => 'There is no such draft. Open it again.',
  },
  html: {
    ja: () =>
      'このHTMLは入れ子が深すぎるなどの理由で、安全な形にできません。簡単な形にするか、テキストだけで送ってください。',
    en: () =>
      'This HTML cannot be made safe, for instance since it is nested too deeply. Make it simpler, or send the text alone.',
  },
}

/** Words a refused field's rule; `limit` is the number the rule names. */
export function fieldMessage(rule: FieldRule, limit: number | undefined, language: Language) {
  return WORDINGS[rule][language](limit)
}
