import type { LocationQuery } from 'vue-router'
import { apolloClient } from '../apollo.js'
import {
  DraftToWriteDocument,
  MailboxesDocument,
  OriginalDocument,
  type MailboxRowFragment,
  type OriginalFragment,
} from '../generated/mail.js'
import { splitRecipient, type Language } from '@mailroom/shared'
import type { Translate } from '../i18n/useText.js'
import { answeredBy, emptyDraft, heldFile, toDraft, type ComposeDraft } from './compose-draft.js'
import { draftMirror, type DraftMirror } from './draft-mirror.js'
import { forwarded, forwardSubject, quoted, replySubject } from './quote.js'
import { splitRecipients } from './recipients.js'
import type { StoredDraft } from './useDraftSaving.js'

/** What the page to write mail on starts with. */
export interface ComposeStart {
  readonly mailboxes: readonly MailboxRowFragment[]
  readonly draft: ComposeDraft
  /** What of it is saved, or need not be. */
  readonly saved: ComposeDraft
  readonly stored: StoredDraft | undefined
  readonly mirror: DraftMirror
  /** The mailbox of the message that is answered or passed on. */
  readonly originalAccountId: string | undefined
  readonly kind: 'NEW' | 'REPLY' | 'FORWARD'
  /** Brought back from this tab: it had not reached the server. */
  readonly isRestored: boolean
}

interface Wanted {
  readonly draft: string
  readonly reply: string
  readonly forward: string
  readonly account: string
  readonly to: string
  readonly isToAll: boolean
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export function wantedIn(query: LocationQuery): Wanted {
  const replyAll = textOf(query['replyAll'])
  return {
    draft: textOf(query['draft']),
    reply: textOf(query['reply']) || replyAll,
    forward: textOf(query['forward']),
    account: textOf(query['account']),
    to: textOf(query['to']),
    isToAll: replyAll !== '' || query['all'] === '1',
  }
}

interface Words {
  readonly t: Translate
  readonly language: Language
}

/** Undefined where there is no such draft or message any more. */
export async function composeStart(
  wanted: Wanted,
  userId: string,
  words: Words,
): Promise<ComposeStart | undefined> {
  const mailboxes = await fetchMailboxes()
  const mirror = draftMirror([userId, wanted.draft || JSON.stringify(wanted)])
  const begun =
    wanted.draft === '' ? await begin(wanted, mailboxes, words) : await fetchDraft(wanted.draft)
  const kept = mirror.read()
  if (begun === undefined && kept === undefined) return undefined
  const { draft, stored, originalAccountId } = begun ?? {
    draft: emptyDraft(kept?.draft.accountId ?? ''),
    ...{ stored: undefined, originalAccountId: undefined },
  }
  const restored = kept && {
    draft: kept.draft,
    // With the version that it was typed upon: whether another screen has saved since, the API says.
    stored: begun && kept.id !== null ? { id: kept.id, version: kept.version ?? 1 } : stored,
  }
  return {
    ...{ mailboxes, mirror, originalAccountId, saved: draft, isRestored: restored !== undefined },
    draft: restored?.draft ?? draft,
    stored: restored === undefined ? stored : restored.stored,
    kind: draft.replyToId !== null ? 'REPLY' : draft.forwardOfId !== null ? 'FORWARD' : 'NEW',
  }
}

async function fetchMailboxes(): Promise<readonly MailboxRowFragment[]> {
  const { data } = await apolloClient.query({ query: MailboxesDocument, fetchPolicy: 'no-cache' })
  return data.mailboxes
}

async function fetchOriginal(id: string): Promise<OriginalFragment | null> {
  const { data } = await apolloClient.query({
    query: OriginalDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  return data.message
}

async function fetchDraft(id: string) {
  const { data } = await apolloClient.query({
    query: DraftToWriteDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  if (data.draft === null) return undefined
  const { replyToId, forwardOfId, version } = data.draft
  const originalId = forwardOfId ?? replyToId
  const original = originalId === null ? null : await fetchOriginal(originalId)
  return {
    draft: toDraft(data.draft, original),
    stored: { id, version },
    originalAccountId: original?.accountId,
  }
}

async function begin(
  { reply, forward, account, to, isToAll }: Wanted,
  mailboxes: readonly MailboxRowFragment[],
  { t, language }: Words,
): Promise<Pick<ComposeStart, 'draft' | 'stored' | 'originalAccountId'> | undefined> {
  const own = (id: string) => mailboxes.find(({ accountId }) => accountId === id) ?? mailboxes[0]
  if (reply === '' && forward === '') {
    // A link in a message may say anything of whom it writes to: only the address comes along.
    const recipients = splitRecipients(to).map((each) => splitRecipient(each).address)
    const draft = { ...emptyDraft(own(account)?.accountId ?? ''), to: recipients }
    return { draft, stored: undefined, originalAccountId: undefined }
  }
  const original = await fetchOriginal(reply || forward)
  if (original === null) return undefined
  const sender = own(original.accountId)
  const empty = emptyDraft(sender?.accountId ?? '')
  const draft: ComposeDraft =
    reply === ''
      ? {
          ...{ ...empty, forwardOfId: original.id, subject: forwardSubject(original.subject) },
          text: forwarded(original, t, language),
          files: original.attachments.map((file) => heldFile(file, true)),
        }
      : {
          ...{ ...empty, replyToId: original.id, subject: replySubject(original.subject) },
          ...answeredBy(original, sender?.email ?? '', isToAll),
          text: quoted(original, t, language),
        }
  return { draft, stored: undefined, originalAccountId: original.accountId }
}
