import type { ConflictFields } from '../ui/conflict-row.js'
import type { AccountDraft } from './account-draft.js'
import {
  ACCOUNT_LABELS,
  fieldValue,
  fieldWords,
  WORDED_PATHS,
  type WordedPath,
} from './account-fields.js'

/** How the fields of an account are compared and worded, where somebody else saved first. */
export const ACCOUNT_CONFLICT: ConflictFields<AccountDraft, WordedPath> = {
  fields: WORDED_PATHS,
  valueOf: fieldValue,
  labelOf: (path, t) => t(ACCOUNT_LABELS[path]),
  wordsOf: fieldWords,
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
