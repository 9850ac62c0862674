import {
  CODE_MAX_LENGTH,
  HOST_MAX_LENGTH,
  NAME_MAX_LENGTH,
  PORT_MAX,
  PORT_MIN,
  isBlank,
  isHost,
  isPlainText,
  normaliseHost,
  textLength,
  toHalfWidth,
} from '@mailroom/shared'
import type { MessageKey, MessageValues } from '../i18n/useText.js'
import type { MailServerDraft } from './mail-server-draft.js'

interface DraftFault {
  readonly key: MessageKey
  readonly values?: MessageValues
}
/** Faults by the path of their field. */
export type DraftFaults = Readonly<Record<string, DraftFault>>

/** What can be said while typing; the API's verdict is the one that counts. */
export function checkDraft(draft: MailServerDraft): DraftFaults {
  const found: Record<string, DraftFault | undefined> = {
    code: checkText(draft.code, CODE_MAX_LENGTH),
    name: checkText(draft.name, NAME_MAX_LENGTH),
    'outgoing.host': checkHost(draft.outgoing.host),
    'outgoing.port': checkPort(draft.outgoing.port),
    'incoming.host': checkHost(draft.incoming.host),
    'incoming.port': checkPort(draft.incoming.port),
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([path, fault]) => (fault === undefined ? [] : [[path, fault]])),
  )
}

function checkText(text: string, limit: number): DraftFault | undefined {
  const length = textLength(text.trim())
  if (isBlank(text)) return { key: 'rules.required' }
  if (length > limit) return { key: 'rules.maxLength', values: { limit } }
  return isPlainText(text.trim()) ? undefined : { key: 'rules.plainText' }
}

function checkHost(text: string): DraftFault | undefined {
  const host = normaliseHost(text)
  if (host === '') return { key: 'rules.required' }
  if (textLength(host) > HOST_MAX_LENGTH) {
    return { key: 'rules.maxLength', values: { limit: HOST_MAX_LENGTH } }
  }
  return isHost(host) ? undefined : { key: 'rules.host' }
}

function checkPort(text: string): DraftFault | undefined {
  const digits = toHalfWidth(text)
  if (digits === '') return { key: 'rules.required' }
  const port = Number(digits)
  return /^\d+$/.test(digits) && port >= PORT_MIN && port <= PORT_MAX
    ? undefined
    : { key: 'rules.port', values: { min: PORT_MIN, max: PORT_MAX } }
}
