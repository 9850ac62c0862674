import type { Translate } from '../i18n/useText.js'
import type { ConflictRow } from '../ui/conflict-row.js'
import { valueWords } from './field-words.js'
import { neutralised, type MailServerDraft } from './mail-server-draft.js'
import { differences, likelyChoice, settle } from './settle-conflict.js'

/** Both versions of a server in words, where they differ. */
export function conflictRows(
  base: MailServerDraft,
  mine: MailServerDraft,
  theirs: MailServerDraft,
  t: Translate,
): readonly ConflictRow[] {
  const [left, right] = [neutralised(mine), neutralised(theirs)]
  // Some labels stand in both halves.
  const groupOf = (path: string) => {
    if (path.startsWith('outgoing.')) return t('fields.outgoing')
    return path.startsWith('incoming.') ? t('fields.incoming') : ''
  }
  return differences(mine, theirs).map((placed) => ({
    path: placed.path,
    group: groupOf(placed.path),
    label: t(placed.field.label),
    mine: valueWords(placed.field, left, t),
    theirs: valueWords(placed.field, right, t),
    likely: likelyChoice(placed, base, mine),
  }))
}

/** Theirs, with the fields of mine that were chosen. */
export function settlePaths(
  mine: MailServerDraft,
  theirs: MailServerDraft,
  keepMine: readonly string[],
): MailServerDraft {
  return settle(
    mine,
    theirs,
    differences(mine, theirs).filter(({ path }) => keepMine.includes(path)),
  )
}
