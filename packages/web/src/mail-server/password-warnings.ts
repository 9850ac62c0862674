import { normaliseHost } from '@mailroom/shared'
import type { MailServerDetailsFragment } from '../generated/graphql.js'
import type { MessageKey } from '../i18n/useText.js'
import type { MailServerDraft } from './mail-server-draft.js'

type Stored = Pick<MailServerDetailsFragment, 'hasStoredPasswords'> & {
  readonly outgoing: { readonly host: string }
  readonly incoming: { readonly host: string }
}

/** Where another host would be sent the passwords that accounts have stored for this server, by field. */
export function passwordWarnings(
  stored: Stored | undefined,
  draft: Pick<MailServerDraft, 'outgoing' | 'incoming'>,
): Readonly<Record<string, MessageKey>> {
  const found: Record<string, MessageKey> = {}
  if (stored?.hasStoredPasswords !== true) return found
  for (const side of ['outgoing', 'incoming'] as const) {
    const host = normaliseHost(draft[side].host)
    if (host !== '' && host !== normaliseHost(stored[side].host)) {
      found[`${side}.host`] = 'warnings.passwordsGo'
    }
  }
  return found
}
