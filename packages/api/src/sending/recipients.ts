import { FieldRule, mailboxKey, RECIPIENTS_MAX, RecipientKind } from '@mailroom/shared'
import { badUserInput, type FieldRefusal } from '../errors.js'
import { parseEnvelopeAddress } from '../transport/smtp/envelope-address.js'
import type { DraftContent } from './draft-content.js'

/** Somebody who gets a message, once however often he is named. */
export interface Recipient {
  readonly kind: RecipientKind
  /** As it goes into the envelope and the headers. */
  readonly address: string
}

const FIELDS = [
  ['to', RecipientKind.TO],
  ['cc', RecipientKind.CC],
  ['bcc', RecipientKind.BCC],
] as const

/**
 * Everybody who gets it, in the order given. Throws BAD_USER_INPUT where one is no address, there is
 * none, or there are too many.
 */
export function recipientsOf(content: Pick<DraftContent, 'to' | 'cc' | 'bcc'>): Recipient[] {
  const found = new Map<string, Recipient>()
  const refused: FieldRefusal[] = []
  for (const [field, kind] of FIELDS) {
    content[field].forEach((text, at) => {
      const parsed = parseEnvelopeAddress(text)
      if (parsed === undefined) {
        refused.push({ path: `${field}.${at}`, rule: FieldRule.email })
        return
      }
      const { address } = parsed
      const key = mailboxKey(address)
      if (!found.has(key)) found.set(key, { kind, address })
    })
  }
  if (refused.length > 0) throw badUserInput(refused)
  if (found.size === 0) throw badUserInput([{ path: 'to', rule: FieldRule.required }])
  if (found.size > RECIPIENTS_MAX) {
    throw badUserInput([{ path: 'to', rule: FieldRule.tooMany, limit: RECIPIENTS_MAX }])
  }
  return [...found.values()]
}
