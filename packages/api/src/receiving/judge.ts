/**
 * Whether a message is here already. The server's id decides where it is known and was never given up;
 * the content decides wherever an id repeats, is missing or was reset. Never a Message-ID, never the
 * unread flag alone.
 */

/** What is stored of a message that was received before. Keys are hexadecimal. */
export interface KnownIdentity {
  readonly mailboxKey: string
  readonly idKey: string
  readonly sha256: string
  readonly messageId: string
  readonly sizeBytes: number
  readonly copies: number
  readonly runId: string
  /** The server has confirmed that it is removed. */
  readonly isRemoved: boolean
  /** It was missing in a full listing since. */
  readonly isMissed: boolean
}

/** A message in a listing. */
export interface ListedIdentity {
  /** Undefined where the server has no usable id for it. */
  readonly idKey: string | undefined
  readonly sizeBytes: number | undefined
}

/** The mailbox as it was just listed. */
export interface Listing {
  readonly mailboxKey: string
  /** Whether all of the inbox is in it, as over POP3; otherwise a message that is not may still be there. */
  readonly listsAll: boolean
  /** How often each id is in it. */
  readonly counts: ReadonlyMap<string, number>
}

export function countIds(listed: readonly ListedIdentity[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { idKey } of listed) {
    if (idKey !== undefined) counts.set(idKey, (counts.get(idKey) ?? 0) + 1)
  }
  return counts
}

/**
 * Whether a listed message need not be fetched, since its id tells that it is here.
 *
 * @param known what is stored under its id in this mailbox
 * @param isToGo whether it will be removed: then its size must be the one that is known too
 */
export function isHeld(
  { idKey, sizeBytes }: ListedIdentity,
  known: readonly KnownIdentity[],
  { listsAll, counts }: Listing,
  isToGo: boolean,
): boolean {
  if (idKey === undefined) return false
  // Removed or missed and there again: the id may have been given to another message.
  const present = known.filter(({ isRemoved, isMissed }) => !isRemoved && !isMissed)
  const copies = present.reduce((sum, each) => sum + each.copies, 0)
  if (copies < (counts.get(idKey) ?? 1)) return false
  // A UID never gets other bytes at a server that keeps the rules (RFC 9051 section 2.3.1.1), so that
  // the size shows the one that does not. A maildrop may rewrite a message under its UIDL.
  const isOfSize = present.some((each) => each.sizeBytes === sizeBytes)
  return isOfSize || (listsAll ? !isToGo : sizeBytes === undefined && !isToGo)
}

/** The message that the same bytes are here as, or undefined where they are another's, or nobody's. */
export function sameMessage(
  { idKey, sha256 }: { readonly idKey: string; readonly sha256: string },
  known: readonly KnownIdentity[],
  { mailboxKey, listsAll, counts }: Listing,
): KnownIdentity | undefined {
  const same = known.filter((each) => each.sha256 === sha256)
  const exact = same.find((each) => each.mailboxKey === mailboxKey && each.idKey === idKey)
  if (exact !== undefined) return exact
  // What lies beside it under an id of its own is another copy, which somebody has sent twice. What
  // was removed for us has been received for good: the same bytes under a new id have come anew.
  const isOther = (each: KnownIdentity) =>
    each.isRemoved || (each.mailboxKey === mailboxKey && (!listsAll || counts.has(each.idKey)))
  const others = new Set(same.filter(isOther).map(({ messageId }) => messageId))
  return same.find(({ messageId }) => !others.has(messageId))
}
