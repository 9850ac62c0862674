import { FieldRule, toHalfWidth } from '@mailroom/shared'
import type { FieldRefusal } from '../errors.js'
import type { Sentence } from '../language.js'

/** Why a cell was refused; `choices` are the values that it could have had. */
export interface CellRefusal extends FieldRefusal {
  readonly choices?: readonly string[]
}

/** What a column is called, and which settings it holds. */
export interface ColumnName {
  /** By their paths in the input; the first names the column. */
  readonly paths: readonly [string, ...string[]]
  /** Its heading in an exported file. */
  readonly label: Sentence
  /** Headings of other products and of hand-made files. */
  readonly aliases?: readonly string[]
}

/**
 * One column of a CSV file: how its cells are read and written.
 *
 * @typeParam Draft what is being imported
 * @typeParam Known what cells refer to by name
 */
export interface Column<Draft, Known> extends ColumnName {
  /**
   * What was typed into a column of secrets, undefined for nothing. Such cells are read as they stand,
   * and never shown or written.
   */
  readonly secretOf?: (draft: Draft) => string | undefined
  /**
   * Puts what a cell says into the draft, and the default for an empty one; answers why it cannot. The
   * default then stands in for it, so that no rule of another field trips over what is not known.
   */
  read(cell: string, draft: Draft, known: Known): CellRefusal | undefined
  write(draft: Draft, known: Known): string
}

interface Accessor<Draft, Value> extends ColumnName {
  readonly get: (draft: Draft) => Value
  readonly set: (draft: Draft, value: Value) => void
}

/** Text as it stands; the rules of the input trim and judge it. */
export function textColumn<Draft>(of: Accessor<Draft, string | null>): Column<Draft, unknown> {
  return {
    ...of,
    read: (cell, draft) => {
      of.set(draft, cell)
      return undefined
    },
    write: (draft) => of.get(draft) ?? '',
  }
}

/** Text that there need not be: an empty cell is none. */
export function optionalTextColumn<Draft>(
  of: Accessor<Draft, string | null>,
): Column<Draft, unknown> {
  return textColumn({ ...of, set: (draft, text) => of.set(draft, text?.trim() ? text : null) })
}

const WHOLE_NUMBER = /^[+-]?\d{1,9}$/

/** A whole number, full-width digits included. */
export function numberColumn<Draft, Value extends number | null>(
  of: Accessor<Draft, Value | number> & { readonly whenEmpty: Value },
): Column<Draft, unknown> {
  return {
    ...of,
    read: (cell, draft) => {
      const text = toHalfWidth(cell)
      const isNumber = WHOLE_NUMBER.test(text)
      of.set(draft, isNumber ? Number(text) : of.whenEmpty)
      return isNumber || text === ''
        ? undefined
        : { path: of.paths[0], rule: FieldRule.wholeNumber }
    },
    write: (draft) => String(of.get(draft) ?? ''),
  }
}

/** A value and how it is spelt: the first spelling is the one that is written. */
export type Spelling<Value> = readonly [value: Value, ...spellings: [string, ...string[]]]

/** One of a few values; case and width of letters do not matter. The first is what an empty cell means. */
export function choiceColumn<Draft, Value>(
  of: Accessor<Draft, Value> & {
    readonly spellings: readonly [Spelling<Value>, ...Spelling<Value>[]]
  },
): Column<Draft, unknown> {
  const values = new Map(
    of.spellings.flatMap(([value, ...spellings]) => spellings.map((s) => [s, value] as const)),
  )
  return {
    ...of,
    read: (cell, draft) => {
      const text = toHalfWidth(cell).toUpperCase()
      const value = values.get(text)
      of.set(draft, value ?? of.spellings[0][0])
      if (value !== undefined || text === '') return undefined
      const choices = of.spellings.map(([, written]) => written)
      return { path: of.paths[0], rule: FieldRule.choice, choices }
    },
    write: (draft) => of.spellings.find(([value]) => value === of.get(draft))?.[1] ?? '',
  }
}

/** Yes or no as 1 or 0. */
export function flagColumn<Draft>(
  of: Accessor<Draft, boolean> & { readonly whenEmpty?: boolean },
): Column<Draft, unknown> {
  const no: Spelling<boolean> = [false, '0', 'FALSE']
  const yes: Spelling<boolean> = [true, '1', 'TRUE']
  return choiceColumn({ ...of, spellings: of.whenEmpty === true ? [yes, no] : [no, yes] })
}

/** A secret: an empty cell says nothing of it, so that the one that is stored stays. */
export function secretColumn<Draft>(
  of: Accessor<Draft, string | null | undefined>,
): Column<Draft, unknown> {
  return {
    ...of,
    secretOf: (draft) => of.get(draft) ?? undefined,
    read: (cell, draft) => {
      if (cell !== '') of.set(draft, cell)
      return undefined
    },
    write: () => '',
  }
}
