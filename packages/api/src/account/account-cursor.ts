import { FieldRule, isPlainText } from '@mailroom/shared'
import { badUserInput } from '../errors.js'
import { Attention } from './account-query.js'
import type { MailAccount } from './account.entity.js'

/** Where a page ends: the part of the list, and the code of the last account in it. */
export interface AccountCursor {
  readonly attention: Attention
  readonly codeKey: string
}

/** For the caller a word without meaning. */
export function writeCursor(attention: Attention, { codeKey }: MailAccount): string {
  return Buffer.from(JSON.stringify([attention, codeKey])).toString('base64url')
}

/** Throws BAD_USER_INPUT for what no page has ended with. */
export function readCursor(text: string): AccountCursor {
  const [attention, codeKey, ...rest] = parse(text)
  const known = Object.values(Attention).find((one) => one === attention)
  const isCode = typeof codeKey === 'string' && isPlainText(codeKey)
  if (known === undefined || !isCode || rest.length > 0) {
    throw badUserInput([{ path: 'after', rule: FieldRule.type }])
  }
  return { attention: known, codeKey }
}

function parse(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
