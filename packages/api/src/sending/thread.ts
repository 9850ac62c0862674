/** What a received message says of its place in a conversation; hostile. */
export interface OriginalIds {
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
}

/** What an answer says of it (RFC 5322 section 3.6.4). */
export interface Thread {
  readonly inReplyTo: string | undefined
  readonly references: readonly string[]
}

export const NO_THREAD: Thread = { inReplyTo: undefined, references: [] }

/** One id, such as <a@b>: no white space, no line end, nothing but ASCII. */
const MESSAGE_ID = /^<[!-;=?-~]{1,250}>$/
/** The first and the newest of a long conversation: a field of more is what servers refuse. */
const REFERENCES_MAX = 30

/** The fields of an answer to the original. */
export function replyThread(original: OriginalIds): Thread {
  const references = referencesTo(original)
  return { inReplyTo: references.at(-1), references: original.messageId === null ? [] : references }
}

/** What passes a message on belongs to its conversation and answers nobody. */
export function forwardThread(original: OriginalIds): Thread {
  return { inReplyTo: undefined, references: replyThread(original).references }
}

function referencesTo({ messageId, inReplyTo, references }: OriginalIds): string[] {
  const own = idsIn([messageId ?? ''])
  if (own.length !== 1) return []
  const before = idsIn(references)
  // Without References, a single In-Reply-To stands for them.
  const answered = idsIn((inReplyTo ?? '').split(/\s+/))
  const earlier = before.length > 0 ? before : answered.length === 1 ? answered : []
  const all = [...new Set([...earlier.filter((id) => id !== own[0]), ...own])]
  if (all.length <= REFERENCES_MAX) return all
  return [...all.slice(0, 1), ...all.slice(1 - REFERENCES_MAX)]
}

const idsIn = (texts: readonly string[]) =>
  texts.map((text) => text.trim()).filter((text) => MESSAGE_ID.test(text))
