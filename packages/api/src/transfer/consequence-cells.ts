import { PASSWORDS_GO_TO } from '@mailroom/shared'
import type { FieldChange } from '../audit/field-changes.js'
import type { Sentence } from '../language.js'
import type { CellChange } from './plan-import.js'

const LABELS: Readonly<Record<string, Sentence>> = {
  [PASSWORDS_GO_TO]: { ja: '保存されたパスワードの送り先', en: 'Stored passwords are sent to' },
}

/** What a change does besides, as a preview tells it: in the words of the record that is written later. */
export const consequenceCells = (changes: readonly FieldChange[]): CellChange[] =>
  changes.map(({ field, old, new: now }) => ({ path: field, label: LABELS[field], old, new: now }))
