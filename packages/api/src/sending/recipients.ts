import { domainToASCII } from 'node:url'
import {
  FieldRule,
  mailboxKey,
  readRecipient,
  RECIPIENTS_MAX,
  RecipientKind,
  type Recipient,
} from '@mailroom/shared'
import { badUserInput, type FieldRefusal } from '../errors.js'
import type { DraftContent } from './draft-content.js'

/** Somebody who gets a message, once however often he is named; his address as it goes into the envelope. */
export interface MailRecipient extends Recipient {
  readonly kind: RecipientKind
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
export function recipientsOf(content: Pick<DraftContent, 'to' | 'cc' | 'bcc'>): MailRecipient[] {
  const found = new Map<string, MailRecipient>()
  const refused: FieldRefusal[] = []
  for (const [field, kind] of FIELDS) {
    content[field].forEach((text, at) => {
      const read = readRecipient(text, domainToASCII)
      if (typeof read === 'string') {
        refused.push({ path: `${field}.${at}`, rule: FieldRule.email })
        return
      }
      const { name, address } = read
      const key = mailboxKey(address)
      if (!found.has(key)) found.set(key, { kind, name, address })
    })
  }
  if (refused.length > 0) throw badUserInput(refused)
  if (found.size === 0) throw badUserInput([{ path: 'to', rule: FieldRule.required }])
  if (found.size > RECIPIENTS_MAX) {
    throw badUserInput([{ path: 'to', rule: FieldRule.tooMany, limit: RECIPIENTS_MAX }])
  }
  return [...found.values()]
}

/** What was written, for those alone whom it has not reached. */
export function withoutReached(content: DraftContent, reached: readonly string[]): DraftContent {
  const keys = new Set(reached.map(mailboxKey))
  const open = (list: readonly string[]) =>
    list.filter((text) => {
      const read = readRecipient(text, domainToASCII)
      return typeof read === 'string' || !keys.has(mailboxKey(read.address))
    })
  return { ...content, to: open(content.to), cc: open(content.cc), bcc: open(content.bcc) }
}
