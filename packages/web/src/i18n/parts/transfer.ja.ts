import type { Widened } from '../widened.js'

export const words = {
  transfer: {
    serversTitle: 'メールサーバーの読み込み',
    serversLead:
      'CSVファイルから、メールサーバーをまとめて追加・変更します。読み込む前に、1行ずつ結果を確認できます。',
    accountsTitle: 'ユーザーアカウントの読み込み',
    accountsLead:
      'CSVファイルから、ユーザーアカウントをまとめて追加・変更します。読み込む前に、1行ずつ結果を確認できます。',
    formatTitle: 'ファイルの形式',
    formatEncoding:
      'CSV形式、文字コードはUTF-8またはShift_JIS（自動で判別します）。{limit} MBまで読み込めます。',
    formatHeading:
      '1行目が見出しのときは、列の順番は自由です。見出しがないときは、書き出したファイルと同じ順番とみなします。',
    formatServers:
      '16列のほかのグループウェアのCSVもそのまま読み込めます。省略した項目は、ポートが25と110、タイムアウトが60秒、そのほかは「使用しない」になります。',
    formatCode:
      'コードが同じものは変更し、ないものは一覧の最後に追加します。違いがないものは変更しません。',
    formatAccounts:
      '利用者はログイン名、メールサーバーはコードで指定します。どちらも先に登録しておいてください。',
    formatPasswords:
      'パスワードは、入力した行だけ新しい値になります。空欄なら、保存されているものをそのまま使います。書き出したファイルにパスワードは入りません。',
    formatAccountCode:
      'コードが同じものは変更し、ないものは追加します。違いがないものは変更しません。',
    formatNothingDeleted:
      'ファイルにないものは、そのまま残ります。読み込みで何かが削除されることはありません。',
    drop: 'ここにCSVファイルをドロップするか、',
    choose: 'ファイルを選ぶ',
    accepts: 'CSV（UTF-8、Shift_JIS）、{limit} MBまで',
    reading: 'ファイルを確認しています…',
    failed: '読み込めませんでした',
    tooLarge: '「{name}」は大きすぎます。{limit} MBまでのファイルに分けてください。',
    unreadable: '「{name}」を開けませんでした。もう一度選んでください。',
    other: '別のファイルを選ぶ',
    previewLabel: '読み込みの結果の確認',
    filter: '表示する行',
    all: 'すべて',
    outcomeAdd: '追加',
    outcomeChange: '変更',
    outcomeSame: '変更なし',
    outcomeRefused: '要修正',
    columnRow: '行',
    columnOutcome: '結果',
    columnCode: 'コード',
    columnWhat: '内容',
    rowNumber: '{row}行目',
    noCode: 'コードなし',
    nothing: 'なし',
    becomes: 'から次へ変更:',
    secretChanges: '新しい値になります（表示しません）',
    isRemoved: '削除されます',
    kilobytes: '{count} KB',
    withHeading: '1行目は見出し',
    withoutHeading: '見出しなし（決まった順番の列として読みました）',
    refusedTitle: '{count}行を直す必要があります',
    refusedBody:
      'ファイルを直してから、もう一度選んでください。すべての行が正しくなるまで、何も読み込みません。',
    passwordsGoTitle: '保存されているパスワードの送り先が変わる行が{count}行あります',
    passwordsGoBody:
      'アカウントに保存されているパスワードは、新しいサーバーに送られるようになります。送り先は各行に表示しています。',
    ignoredTitle: '次の列は読み込みません',
    mendFirst: 'あと{count}行を直すと読み込めます。',
    allOrNothing: 'すべての行をまとめて読み込みます。',
    nothingToDo: 'すべて登録済みの内容と同じです。読み込むものはありません。',
    importBoth: '{added}件を追加し、{changed}件を変更する',
    importAdd: '{count}件を追加する',
    importChange: '{count}件を変更する',
    doneBoth: '{added}件を追加し、{changed}件を変更しました。',
    doneAdd: '{count}件を追加しました。',
    doneChange: '{count}件を変更しました。',
  },
}

export type TransferWords = Widened<typeof words>
