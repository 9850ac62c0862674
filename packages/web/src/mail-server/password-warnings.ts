import { isElsewhere, toHalfWidth } from '@mailroom/shared'
import type { MailServerDetailsFragment } from '../generated/graphql.js'
import type { MessageKey } from '../i18n/useText.js'
import type { MailServerDraft } from './mail-server-draft.js'

interface Place {
  readonly host: string
  readonly port: number
}
type Stored = Pick<MailServerDetailsFragment, 'hasStoredPasswords'> & {
  readonly outgoing: Place
  readonly incoming: Place
}

/** Where the passwords that accounts have stored for this server would newly be sent, by the field that does it. */
export function passwordWarnings(
  stored: Stored | undefined,
  draft: Pick<MailServerDraft, 'outgoing' | 'incoming'>,
): Readonly<Record<string, MessageKey>> {
  const found: Record<string, MessageKey> = {}
  if (stored?.hasStoredPasswords !== true) return found
  for (const side of ['outgoing', 'incoming'] as const) {
    const { host, port } = stored[side]
    // What is not typed yet stays as it is.
    const typed = {
      host: draft[side].host.trim() === '' ? host : draft[side].host,
      port: Number(toHalfWidth(draft[side].port)) || port,
    }
    if (isElsewhere({ host, port }, { ...typed, port })) {
      found[`${side}.host`] = 'warnings.passwordsGo'
    } else if (isElsewhere({ host, port }, typed)) found[`${side}.port`] = 'warnings.passwordsGo'
  }
  return found
}
