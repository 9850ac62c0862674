import type { Translate } from '../i18n/useText.js'

/** A field in which two versions differ, where somebody else saved first. */
export interface ConflictRow {
  readonly path: string
  /** Tells labels apart that stand in several groups. */
  readonly group?: string
  readonly label: string
  /** Both versions in words. */
  readonly mine: string
  readonly theirs: string
  /** What is likely wanted. */
  readonly likely: 'mine' | 'theirs'
}

/** How the fields of a draft are compared and worded. */
export interface ConflictFields<Draft, Field extends string> {
  readonly fields: readonly Field[]
  readonly valueOf: (draft: Draft, field: Field) => unknown
  readonly labelOf: (field: Field, t: Translate) => string
  readonly wordsOf: (draft: Draft, field: Field, t: Translate) => string
}

interface Versions<Draft> {
  /** What both started from. */
  readonly base: Draft
  readonly mine: Draft
  readonly theirs: Draft
}

/** Both versions in words, where they differ. */
export function conflictRows<Draft, Field extends string>(
  { fields, valueOf, labelOf, wordsOf }: ConflictFields<Draft, Field>,
  { base, mine, theirs }: Versions<Draft>,
  t: Translate,
): readonly ConflictRow[] {
  return fields
    .filter((field) => valueOf(mine, field) !== valueOf(theirs, field))
    .map((field) => ({
      path: field,
      label: labelOf(field, t),
      mine: wordsOf(mine, field, t),
      theirs: wordsOf(theirs, field, t),
      // Whoever changed a field keeps it; where both did, mine.
      likely: valueOf(base, field) === valueOf(mine, field) ? 'theirs' : 'mine',
    }))
}

/** Theirs, with the fields of mine that were chosen. */
export function settleFields<Draft extends object>(
  mine: Draft,
  theirs: Draft,
  keepMine: readonly string[],
): Draft {
  const chosen = Object.entries(mine).filter(([field]) => keepMine.includes(field))
  return { ...theirs, ...Object.fromEntries(chosen) }
}
