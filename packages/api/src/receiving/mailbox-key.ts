import { createHash } from 'node:crypto'
import type { MailProtocol } from '@mailroom/shared'

/** What makes out a mailbox at a server. */
export interface MailboxPlace {
  readonly protocol: MailProtocol
  readonly host: string
  readonly port: number
  readonly username: string
}

/**
 * Within which a server's ids name the same messages: UIDLs are unique in a maildrop only (RFC 1939
 * section 7), UIDs under one UIDVALIDITY (RFC 9051 section 2.3.1.1). Another host, port, name or
 * UIDVALIDITY is another key, under which the content tells what is here already.
 *
 * @param identity the UIDVALIDITY; undefined where the server gives none
 */
export function mailboxKey(place: MailboxPlace, identity: string | undefined): Buffer {
  const { protocol, host, port, username } = place
  return hash([protocol, host.toLowerCase(), port, username, identity ?? ''].join('\0'))
}

/** The key of a UIDL or UID: a hash, since a UIDL may be longer than an index takes. */
export const idKey = (uniqueId: string): Buffer => hash(uniqueId)

export const sha256 = (source: Buffer): Buffer => createHash('sha256').update(source).digest()

const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest()
