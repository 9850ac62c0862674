import { codeKey } from '@mailroom/shared'

/** Text as searches compare it, blind to width and case; {@link folded} is the same in SQL. */
export const foldForSearch = codeKey

/** Folds a text in SQL, whatever the database's own collation is. */
export const folded = (text: string) =>
  `casefold(normalize(${text}, NFKC) COLLATE "pg_unicode_fast")`

/** The pattern of LIKE for what contains a text; folded, and none of its characters a wildcard. */
export const containing = (text: string) => `%${foldForSearch(text).replace(/[\\%_]/g, '\\$&')}%`
