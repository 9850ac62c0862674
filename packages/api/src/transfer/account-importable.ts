import { codeKey } from '@mailroom/shared'
import { passwordsGoElsewhere } from '../account/account-audit.js'
import type { MailAccount } from '../account/account.entity.js'
import { MailAccountInput } from '../account/account.input.js'
import { normaliseAccount } from '../account/normalise-account-settings.js'
import { needsOutgoingCredentials } from '../mail-server/mail-server-option.type.js'
import { ACCOUNT_COLUMNS } from './account-columns.js'
import type { AccountLookup } from './account-lookup.js'
import { consequenceCells } from './consequence-cells.js'
import type { CellChange, Importable } from './plan-import.js'

/** How mail accounts are imported. */
export const ACCOUNT_IMPORTABLE: Importable<MailAccountInput, MailAccount, AccountLookup> = {
  columns: ACCOUNT_COLUMNS,
  keyOf: codeKey,
  draftOf: accountDraft,
  settle: (draft, known) => {
    const { userId, mailServerId, incomingPassword, outgoingPassword } = draft
    const server = known.server(mailServerId)
    return {
      ...normaliseAccount(draft, server),
      ...{ userId, mailServerId, incomingPassword },
      // Otherwise nobody asks for one.
      outgoingPassword: needsOutgoingCredentials(server) ? outgoingPassword : undefined,
      oauthGrantId: known.grantFor(draft.oauthGrantId, userId, server),
    }
  },
  describe: ({ name, email, userId, mailServerId }, known) =>
    [name, email, known.owners.get(userId)?.loginName, known.server(mailServerId).name]
      .filter(Boolean)
      .join(' · '),
  consequencesOf,
}

/** An account as it would be typed: no password, and no name where that is the address. */
export function accountDraft(stored: MailAccount | undefined): MailAccountInput {
  const draft = new MailAccountInput()
  if (stored === undefined) return Object.assign(draft, { oauthGrantId: null })
  const { code, name, email, incomingUsername, outgoingUsername, oauthGrantId } = stored
  const { userId, mailServerId, leaveOnServer, deleteAfterDays, enabled } = stored
  return Object.assign(draft, {
    ...{ code, name: name === email ? '' : name, email, incomingUsername, outgoingUsername },
    ...{ oauthGrantId, userId, mailServerId, leaveOnServer, deleteAfterDays, enabled },
  })
}

function consequencesOf(
  stored: MailAccount,
  after: MailAccountInput,
  known: AccountLookup,
): CellChange[] {
  const [from, to] = [known.server(stored.mailServerId), known.server(after.mailServerId)]
  const needsOutgoing = needsOutgoingCredentials(to)
  const keepsPassword =
    (stored.hasIncomingPassword && after.incomingPassword === undefined) ||
    (stored.hasOutgoingPassword && needsOutgoing && after.outgoingPassword === undefined)
  const gone = { old: null, new: null, isRemoved: true } as const
  return [
    ...consequenceCells(passwordsGoElsewhere(keepsPassword, from, to)),
    ...(stored.hasOutgoingPassword && !needsOutgoing
      ? [{ path: 'outgoingPassword', ...gone }]
      : []),
    ...(stored.oauthGrantId !== null && after.oauthGrantId === null
      ? [{ path: 'oauthGrantId', label: { ja: 'OAuth 2.0の許可', en: 'OAuth 2.0 grant' }, ...gone }]
      : []),
  ]
}
