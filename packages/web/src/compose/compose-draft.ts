import { joinRecipient, MessageFolder } from '@mailroom/shared'
import type {
  ComposeFileFragment,
  DraftFactsFragment,
  DraftInput,
  OriginalFragment,
} from '../generated/mail.js'
import { textOf } from './quote.js'
import { isSameRecipient } from './recipients.js'

export const RECIPIENT_FIELDS = ['to', 'cc', 'bcc'] as const
export type RecipientField = (typeof RECIPIENT_FIELDS)[number]

/** A file that is on the server: uploaded, or one of the message that is passed on. */
export interface HeldFile extends ComposeFileFragment {
  readonly isForwarded: boolean
}

/** What is being written. */
export interface ComposeDraft {
  accountId: string
  to: readonly string[]
  cc: readonly string[]
  bcc: readonly string[]
  subject: string
  text: string
  files: readonly HeldFile[]
  readonly replyToId: string | null
  readonly forwardOfId: string | null
}

export const emptyDraft = (accountId: string): ComposeDraft => ({
  accountId,
  ...{ to: [], cc: [], bcc: [], subject: '', text: '', files: [] },
  ...{ replyToId: null, forwardOfId: null },
})

/** @param original the message that is passed on, whose files a draft names by their ids alone */
export function toDraft(
  stored: DraftFactsFragment,
  original: OriginalFragment | null,
): ComposeDraft {
  const { accountId, to, cc, bcc, subject, replyToId, forwardOfId } = stored
  const forwarded = stored.forwardAttachmentIds.flatMap(
    (id) => original?.attachments.find((each) => each.id === id) ?? [],
  )
  return {
    ...{ accountId, to, cc, bcc, subject, replyToId, forwardOfId },
    // One that a program left may be HTML alone.
    text: textOf(stored),
    files: [
      ...forwarded.map((file) => heldFile(file, true)),
      ...stored.attachments.map((file) => heldFile(file, false)),
    ],
  }
}

export const heldFile = (
  {
    id,
    filename,
    contentType,
    size,
  }: Omit<ComposeFileFragment, 'filename'> & {
    readonly filename: string | null
  },
  isForwarded: boolean,
): HeldFile => ({ id, filename: filename ?? '', contentType, size, isForwarded })

export function toInput(draft: ComposeDraft): DraftInput {
  const { accountId, to, cc, bcc, subject, text, files, replyToId, forwardOfId } = draft
  const idsOf = (isForwarded: boolean) =>
    files.filter((file) => file.isForwarded === isForwarded).map(({ id }) => id)
  return {
    ...{ accountId, to: [...to], cc: [...cc], bcc: [...bcc] },
    ...{ subject, text, replyToId, forwardOfId },
    attachmentIds: idsOf(false),
    forwardAttachmentIds: idsOf(true),
  }
}

/** To whom an answer goes: never to oneself, unless nobody else is there. */
export function answeredBy(
  original: OriginalFragment,
  own: string,
  isToAll: boolean,
): Pick<ComposeDraft, 'to' | 'cc'> {
  const isOwn = original.folder !== MessageFolder.INBOX
  const addresses = (people: OriginalFragment['to']) =>
    people.map(({ name, address }) => joinRecipient({ name: name ?? '', address }))
  const writers = original.replyTo.length > 0 ? original.replyTo : [original.from ?? []].flat()
  const first = isOwn ? addresses(original.to) : addresses(writers)
  if (!isToAll) return { to: unique(first), cc: [] }
  const others = (list: readonly string[], taken: readonly string[]) =>
    unique(list).filter((each) => ![own, ...taken].some((one) => isSameRecipient(one, each)))
  const rest = isOwn ? [] : addresses(original.to)
  const to = others([...first, ...rest], [])
  const settled = to.length > 0 ? to : unique(first)
  return { to: settled, cc: others(addresses(original.cc), settled) }
}

function unique(list: readonly string[]): string[] {
  return list.filter((each, at) => list.findIndex((one) => isSameRecipient(one, each)) === at)
}
