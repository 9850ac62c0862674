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
} from '@mailroom/shared'
import { checkWholeNumber } from '../ui/check-whole-number.js'
import type { FieldFault } from '../ui/useFieldErrors.js'
import type { MailServerDraft } from './mail-server-draft.js'

const PORTS = { min: PORT_MIN, max: PORT_MAX }

/** Faults by the path of their field. */
export type DraftFaults = Readonly<Record<string, FieldFault>>

/** What can be said while typing; the API's verdict is the one that counts. */
export function checkDraft(draft: MailServerDraft): DraftFaults {
  const found: Record<string, FieldFault | undefined> = {
    code: checkText(draft.code, CODE_MAX_LENGTH),
    name: checkText(draft.name, NAME_MAX_LENGTH),
    'outgoing.host': checkHost(draft.outgoing.host),
    'outgoing.port': checkWholeNumber(draft.outgoing.port, PORTS),
    'incoming.host': checkHost(draft.incoming.host),
    'incoming.port': checkWholeNumber(draft.incoming.port, PORTS),
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([path, fault]) => (fault === undefined ? [] : [[path, fault]])),
  )
}

function checkText(text: string, limit: number): FieldFault | undefined {
  const length = textLength(text.trim())
  if (isBlank(text)) return { key: 'rules.required' }
  if (length > limit) return { key: 'rules.maxLength', values: { limit } }
  return isPlainText(text.trim()) ? undefined : { key: 'rules.plainText' }
}

function checkHost(text: string): FieldFault | undefined {
  const host = normaliseHost(text)
  if (host === '') return { key: 'rules.required' }
  if (textLength(host) > HOST_MAX_LENGTH) {
    return { key: 'rules.maxLength', values: { limit: HOST_MAX_LENGTH } }
  }
  return isHost(host) ? undefined : { key: 'rules.host' }
}
