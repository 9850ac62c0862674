import type { Translate } from '../i18n/useText.js'
import type { ConflictRow } from '../ui/conflict-row.js'
import type { AccountDraft } from './account-draft.js'
import {
  ACCOUNT_LABELS,
  fieldValue,
  fieldWords,
  WORDED_PATHS,
  type WordedPath,
} from './account-fields.js'

/** Both versions of an account in words, where they differ. */
export function accountConflictRows(
  base: AccountDraft,
  mine: AccountDraft,
  theirs: AccountDraft,
  t: Translate,
): readonly ConflictRow[] {
  return WORDED_PATHS.filter((path) => fieldValue(mine, path) !== fieldValue(theirs, path)).map(
    (path) => ({
      path,
      label: t(ACCOUNT_LABELS[path]),
      mine: fieldWords(mine, path, t),
      theirs: fieldWords(theirs, path, t),
      // Whoever changed a field keeps it; where both did, mine.
      likely: fieldValue(base, path) === fieldValue(mine, path) ? 'theirs' : 'mine',
    }),
  )
}

/** Theirs, with my fields that were chosen and the passwords that I typed. */
export function settleAccount(
  mine: AccountDraft,
  theirs: AccountDraft,
  keepMine: readonly string[],
): AccountDraft {
  const settled: AccountDraft = {
    ...theirs,
    incomingPassword: mine.incomingPassword,
    outgoingPassword: mine.outgoingPassword,
  }
  for (const path of WORDED_PATHS) if (keepMine.includes(path)) copy(path, mine, settled)
  return settled
}

function copy(path: WordedPath, from: AccountDraft, to: AccountDraft): void {
  switch (path) {
    case 'userId':
      to.owner = from.owner
      break
    case 'mailServerId':
      to.server = from.server
      break
    case 'leaveOnServer':
      to.leaving = from.leaving
      to.deleteAfterDays = from.deleteAfterDays
      break
    case 'enabled':
      to.isEnabled = from.isEnabled
      break
    default:
      to[path] = from[path]
  }
}
