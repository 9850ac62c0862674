/** What importing and exporting CSV files is made of. Keys equal values, as in mail-server.ts. */

/** How a file's characters were written. */
export const CsvEncoding = { UTF_8: 'UTF_8', SHIFT_JIS: 'SHIFT_JIS' } as const
export type CsvEncoding = (typeof CsvEncoding)[keyof typeof CsvEncoding]

/** What an import would do with a row. */
export const ImportOutcome = {
  ADD: 'ADD',
  CHANGE: 'CHANGE',
  SAME: 'SAME',
  REFUSED: 'REFUSED',
} as const
export type ImportOutcome = (typeof ImportOutcome)[keyof typeof ImportOutcome]

/** Of one file to import: 100,000 accounts with long names; 10,000 servers are a fraction of it. */
export const IMPORT_FILE_MAX_MEGABYTES = 32
export const IMPORT_FILE_MAX_BYTES = IMPORT_FILE_MAX_MEGABYTES * 1024 * 1024

/** Of one file of accounts: as many as the product is measured with, so that what it exports it takes back. */
export const ACCOUNT_IMPORT_MAX_ROWS = 100_000

/** Where the files to download are, and where the console's links point. */
export const EXPORT_PATHS = {
  mailServers: '/transfer/mail-servers.csv',
  mailAccounts: '/transfer/mail-accounts.csv',
} as const
