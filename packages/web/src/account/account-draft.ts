import { toHalfWidth } from '@mailroom/shared'
import type {
  AccountOwnerFragment,
  MailAccountDetailsFragment,
  MailAccountInput,
  ServerOptionFragment,
} from '../generated/graphql.js'
import { NEW_SECRET, secretInput, storedSecret, type SecretDraft } from './secret-draft.js'

/** What becomes of received mail on its server. */
export const Leaving = { KEEP: 'KEEP', REMOVE: 'REMOVE', AFTER: 'AFTER' } as const
export type Leaving = (typeof Leaving)[keyof typeof Leaving]

/** What stands in the form: hidden fields keep what they had. */
export interface AccountDraft {
  code: string
  /** Empty: the e-mail address. */
  name: string
  email: string
  owner: AccountOwnerFragment | null
  server: ServerOptionFragment | null
  incomingUsername: string
  incomingPassword: SecretDraft
  outgoingUsername: string
  outgoingPassword: SecretDraft
  /** Empty: none. */
  oauthGrantId: string
  leaving: Leaving
  /** As typed. */
  deleteAfterDays: string
  isEnabled: boolean
}

const USUAL_DELETE_AFTER_DAYS = '30'

/** A new account; `leavesMail` as the settings let the person have it. */
export function newAccountDraft(
  owner: AccountOwnerFragment | null,
  server: ServerOptionFragment | null,
  leavesMail: boolean,
): AccountDraft {
  return {
    ...{ code: '', name: '', email: '', owner, server },
    ...{ incomingUsername: '', incomingPassword: NEW_SECRET },
    ...{ outgoingUsername: '', outgoingPassword: NEW_SECRET },
    oauthGrantId: '',
    leaving: leavesMail ? Leaving.KEEP : Leaving.REMOVE,
    deleteAfterDays: USUAL_DELETE_AFTER_DAYS,
    isEnabled: true,
  }
}

export function toAccountDraft(stored: MailAccountDetailsFragment): AccountDraft {
  const { code, email, incomingUsername, leaveOnServer, deleteAfterDays } = stored
  const leaving = deleteAfterDays === null ? Leaving.KEEP : Leaving.AFTER
  return {
    ...{ code, email, incomingUsername },
    // Answered in place of an empty one.
    name: stored.name === email ? '' : stored.name,
    owner: stored.user,
    server: stored.mailServer,
    incomingPassword: storedSecret(stored.hasIncomingPassword),
    outgoingUsername: stored.outgoingUsername ?? '',
    outgoingPassword: storedSecret(stored.hasOutgoingPassword),
    oauthGrantId: stored.oauthGrantId ?? '',
    leaving: leaveOnServer ? leaving : Leaving.REMOVE,
    deleteAfterDays: deleteAfterDays === null ? USUAL_DELETE_AFTER_DAYS : String(deleteAfterDays),
    isEnabled: stored.enabled,
  }
}

/** Which fields an account has at the server that it has chosen. */
export function accountNeeds({ server }: Pick<AccountDraft, 'server'>) {
  return {
    incomingPassword: server?.needsIncomingPassword ?? true,
    outgoing: server?.needsOutgoingCredentials ?? false,
    /** Where its owner signs in by a token; null where nobody has to. */
    grantProviderId: server?.oauthProviderId ?? null,
  }
}

/** What is sent: nothing of what the server does not ask for. */
export function toAccountInput(draft: AccountDraft): MailAccountInput {
  const needs = accountNeeds(draft)
  const leaveOnServer = draft.leaving !== Leaving.REMOVE
  return {
    code: draft.code,
    name: draft.name,
    email: draft.email,
    userId: draft.owner?.id ?? '',
    mailServerId: draft.server?.id ?? '',
    incomingUsername: draft.incomingUsername,
    ...(needs.incomingPassword
      ? secretInput('incomingPassword', draft.incomingPassword)
      : undefined),
    outgoingUsername: (needs.outgoing && draft.outgoingUsername.trim()) || null,
    ...(needs.outgoing ? secretInput('outgoingPassword', draft.outgoingPassword) : undefined),
    oauthGrantId: (needs.grantProviderId !== null && draft.oauthGrantId) || null,
    leaveOnServer,
    deleteAfterDays:
      draft.leaving === Leaving.AFTER ? Number(toHalfWidth(draft.deleteAfterDays)) : null,
    enabled: draft.isEnabled,
  }
}

/** Another owner: what the one before was granted at a provider is not the new one's. */
export function chooseOwner(draft: AccountDraft, owner: AccountOwnerFragment | null): void {
  if (owner?.id !== draft.owner?.id) draft.oauthGrantId = ''
  draft.owner = owner
}

/** Whether passwords that were typed for the stored server would go to the one that is chosen now. */
export function passwordsGoElsewhere(
  stored: MailAccountDetailsFragment | undefined,
  draft: AccountDraft,
): boolean {
  const { server, incomingPassword, outgoingPassword } = draft
  if (stored === undefined || server === null || server.id === stored.mailServer.id) return false
  const needs = accountNeeds(draft)
  const stays = ({ isStored, mode }: SecretDraft) => isStored && mode === 'keep'
  return (
    (needs.incomingPassword && stays(incomingPassword)) ||
    (needs.outgoing && stays(outgoingPassword))
  )
}
