import { codeKey, parseEmail } from '@mailroom/shared'
import { foldForSearch } from '../db/search-text.js'
import { needsOutgoingCredentials, usesOAuth } from '../mail-server/mail-server-option.type.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import type { AccountSettings } from './account-settings.js'

/**
 * Valid settings in the form in which they are kept: trimmed, the address as it is compared, and what
 * the server does not ask for, or a condition hides on the screen, set to its neutral value.
 */
export function normaliseAccount(settings: AccountSettings, server: MailServer) {
  const { leaveOnServer, enabled } = settings
  const code = settings.code.trim()
  const email = normaliseEmail(settings.email)
  const name = settings.name.trim()
  // A name that is the address follows it when it changes.
  const ownName = name === email || name === settings.email.trim() ? '' : name
  const outgoingUsername = settings.outgoingUsername?.trim()
  return {
    code,
    codeKey: codeKey(code),
    name: ownName,
    email,
    searchText: searchTextOf({ code, name: ownName, email }),
    incomingUsername: settings.incomingUsername.trim(),
    outgoingUsername: (needsOutgoingCredentials(server) && outgoingUsername) || null,
    oauthGrantId: (usesOAuth(server) && settings.oauthGrantId) || null,
    leaveOnServer,
    deleteAfterDays: leaveOnServer ? (settings.deleteAfterDays ?? null) : null,
    enabled,
  }
}

function normaliseEmail(text: string): string {
  const parts = parseEmail(text)
  return parts === undefined ? text.trim() : `${parts.localPart}@${parts.domain}`
}

/** Lines apart, so that no search finds the end of one with the beginning of the next. */
function searchTextOf(texts: { code: string; name: string; email: string }): string {
  return [texts.code, texts.name, texts.email].map(foldForSearch).join('\n')
}
