import type { TransferWords } from './transfer.ja.js'

export const words: TransferWords = {
  transfer: {
    serversTitle: 'Import mail servers',
    serversLead:
      'Add and change many mail servers at once from a CSV file. Before anything is done, you see what would happen to every row.',
    accountsTitle: 'Import user accounts',
    accountsLead:
      'Add and change many user accounts at once from a CSV file. Before anything is done, you see what would happen to every row.',
    formatTitle: 'The file',
    formatEncoding: 'CSV in UTF-8 or Shift_JIS (found out automatically), up to {limit} MB.',
    formatHeading:
      'With a heading in the first row, columns may be in any order. Without one, they are in the order of an exported file.',
    formatServers:
      'The 16 columns that Japanese groupware exports are read as they are. What is left out is port 25 and 110, a time-out of 60 seconds, and otherwise "not used".',
    formatCode:
      'What has a known code is changed, what has a new one is added at the end of the list. What is the same already is not touched.',
    formatAccounts:
      'People are named by their login names, mail servers by their codes. Both have to be there already.',
    formatPasswords:
      'A password that a row has replaces the stored one; left empty, the stored one stays. An exported file never holds passwords.',
    formatAccountCode:
      'What has a known code is changed, what has a new one is added. What is the same already is not touched.',
    formatNothingDeleted: 'What is not in the file stays. An import never deletes anything.',
    drop: 'Drop a CSV file here, or',
    choose: 'Choose a file',
    accepts: 'CSV (UTF-8, Shift_JIS), up to {limit} MB',
    reading: 'Looking at the file…',
    failed: 'Not imported',
    tooLarge: '"{name}" is too large. Split it into files of up to {limit} MB.',
    unreadable: '"{name}" could not be opened. Choose it again.',
    other: 'Choose another file',
    previewLabel: 'What the import would do',
    filter: 'Rows to show',
    all: 'All',
    outcomeAdd: 'Add',
    outcomeChange: 'Change',
    outcomeSame: 'No change',
    outcomeRefused: 'To mend',
    columnRow: 'Row',
    columnOutcome: 'Result',
    columnCode: 'Code',
    columnWhat: 'What',
    rowNumber: 'Row {row}',
    noCode: 'No code',
    nothing: 'none',
    becomes: 'becomes',
    secretChanges: 'Gets a new value (not shown)',
    isRemoved: 'Is removed',
    kilobytes: '{count} KB',
    withHeading: 'the first row is a heading',
    withoutHeading: 'no heading (columns read in the fixed order)',
    refusedTitle: '{count} row needs mending | {count} rows need mending',
    refusedBody: 'Mend the file and choose it again. Nothing is imported until every row is right.',
    passwordsGoTitle:
      '{count} row sends stored passwords elsewhere | {count} rows send stored passwords elsewhere',
    passwordsGoBody:
      'The passwords stored with accounts will be sent to the new server, which each of these rows names.',
    ignoredTitle: 'This column is not read | These columns are not read',
    mendFirst:
      'Can be imported once {count} row is mended. | Can be imported once {count} rows are mended.',
    allOrNothing: 'All rows are imported together.',
    nothingToDo: 'Everything is so already. There is nothing to import.',
    importBoth: 'Add {added} and change {changed}',
    importAdd: 'Add {count}',
    importChange: 'Change {count}',
    doneBoth: '{added} added and {changed} changed.',
    doneAdd: '{count} added.',
    doneChange: '{count} changed.',
  },
}
