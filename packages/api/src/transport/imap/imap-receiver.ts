import { DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
import { openSession, type SessionTarget } from '../open-session.js'
import {
  Removal,
  SignOff,
  type ListedMessage,
  type ReceivedMessage,
  type Receiver,
  type ReceiverOptions,
  type RefusedMessage,
  type RemovalResult,
} from '../receiver.js'
import { sayGoodbye } from '../say-goodbye.js'
import { TransportError } from '../transport-error.js'
import type { SearchObject } from 'imapflow'
import { fetchBodies } from './imap-bodies.js'
import { ImapLink } from './imap-link.js'
import type { ImapSession } from './imap-session.js'

/** Dovecot takes 64 KiB in a command line; so many scattered UIDs have 11 KB at most. */
const SLICE_UIDS = 1_000
/** More than any inbox that a person reads; the rest comes the next time. */
const LIST_MAX = 200_000
const UID_MAX = 4_294_967_295

/** Opens, protects and signs in (see openSession), and opens the INBOX. */
export async function openImapReceiver(
  target: SessionTarget<ImapSession>,
  { readOnly, maxBytes, signal, onStep }: ReceiverOptions,
): Promise<ImapReceiver> {
  const opened = await openSession(target, signal, onStep)
  onStep?.(DiagnosisStepKind.MAILBOX)
  const { timeoutMs } = target
  const link = new ImapLink(opened, { timeoutMs, maxBytes })
  const mailbox = await link.step(DiagnosisStepKind.MAILBOX, signal, async () => {
    await link.client.connect()
    return link.client.mailboxOpen('INBOX', { readOnly })
  })
  const isReadOnly = mailbox.readOnly ?? readOnly
  return new ImapReceiver(link, link.settleIdentity(), isReadOnly, { timeoutMs, maxBytes })
}

/** IMAP4 by imapflow on our connection; by UID only, one command at a time. */
export class ImapReceiver implements Receiver {
  readonly listsAll = false

  constructor(
    private readonly link: ImapLink,
    readonly identity: string | undefined,
    readonly isReadOnly: boolean,
    private readonly limits: { readonly timeoutMs: number; readonly maxBytes: number },
  ) {}

  list(signal?: AbortSignal): Promise<readonly ListedMessage[]> {
    return this.#found({ seen: false }, signal)
  }

  listAll(signal?: AbortSignal): Promise<readonly ListedMessage[]> {
    return this.#found({ all: true }, signal)
  }

  async #found(
    query: SearchObject,
    signal: AbortSignal | undefined,
  ): Promise<readonly ListedMessage[]> {
    const uids = await this.#search(query, signal)
    const listed: ListedMessage[] = []
    for (const slice of slices(uids)) {
      const sizes = await this.#sizes(slice, signal)
      const left = await this.#stillThere(
        slice.filter((uid) => !sizes.has(uid)),
        query,
        signal,
      )
      for (const uid of slice) {
        if (sizes.has(uid) || left.has(uid)) listed.push(this.#listed(uid, sizes.get(uid)))
      }
    }
    return listed
  }

  async *fetch(
    ids: readonly string[],
    signal?: AbortSignal,
  ): AsyncGenerator<ReceivedMessage | RefusedMessage, void> {
    const options = { ...this.limits, signal }
    for (const slice of slices(toUids(ids))) yield* fetchBodies(this.link, slice, options)
  }

  async markSeen(ids: readonly string[], signal?: AbortSignal): Promise<boolean> {
    return (await this.#store(ids, '\\Seen', signal)).length === ids.length
  }

  async remove(ids: readonly string[], signal?: AbortSignal): Promise<RemovalResult> {
    const { client } = this.link
    // RFC 4315: without UIDPLUS there is only the EXPUNGE that takes what other clients have marked as well.
    const canExpunge = client.capabilities.has('UIDPLUS')
    const agreed = canExpunge
      ? await this.#bySlices(ids, signal, (range) => client.messageDelete(range, { uid: true }))
      : await this.#store(ids, '\\Deleted', signal)
    if (agreed.length === 0 && ids.length > 0) return { removal: Removal.REFUSED, ids: [] }
    return { removal: canExpunge ? Removal.REMOVED : Removal.MARKED, ids: agreed }
  }

  /** The ids of messages with this Message-ID. */
  async findByMessageId(messageId: string, signal?: AbortSignal): Promise<readonly string[]> {
    return (await this.#search({ header: { 'Message-ID': messageId } }, signal)).map(String)
  }

  async finish(): Promise<SignOff> {
    const { timeoutMs } = this.limits
    await sayGoodbye(() => this.link.client.logout(), { timeoutMs })
    await this.close()
    return SignOff.CONFIRMED
  }

  close(): Promise<void> {
    this.link.fail(new TransportError(DiagnosisProblem.CONNECTION_LOST))
    return Promise.resolve()
  }

  async #search(query: SearchObject, signal: AbortSignal | undefined): Promise<number[]> {
    return this.link.step(DiagnosisStepKind.RECEIVE, signal, async () => {
      const found = await this.link.client.search(query, { uid: true })
      if (!Array.isArray(found)) throw new TransportError(DiagnosisProblem.MAILBOX_FAILED)
      const unique = [...new Set(found)].filter((uid) => uid <= UID_MAX)
      return unique.sort((a, b) => a - b).slice(0, LIST_MAX)
    })
  }

  /** Of what has no size: it was removed meanwhile, or the server does not say. */
  async #stillThere(
    uids: readonly number[],
    query: SearchObject,
    signal: AbortSignal | undefined,
  ): Promise<ReadonlySet<number>> {
    if (uids.length === 0) return new Set()
    const asked = new Set(uids)
    const found = await this.#search({ ...query, uid: uids.join(',') }, signal)
    return new Set(found.filter((uid) => asked.has(uid)))
  }

  #sizes(
    uids: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<number, number | undefined>> {
    return this.link.step(DiagnosisStepKind.RECEIVE, signal, async () => {
      const asked = new Map<number, number | undefined>()
      const wanted = new Set(uids)
      for await (const { uid, size } of this.link.client.fetch(
        uids.join(','),
        { uid: true, size: true },
        { uid: true },
      )) {
        if (wanted.has(uid) && asked.get(uid) === undefined) asked.set(uid, size)
      }
      return asked
    })
  }

  #listed(uid: number, sizeBytes: number | undefined): ListedMessage {
    const id = String(uid)
    return { id, uniqueId: this.identity === undefined ? undefined : id, sizeBytes }
  }

  #store(ids: readonly string[], flag: string, signal?: AbortSignal): Promise<string[]> {
    return this.#bySlices(ids, signal, (range) =>
      this.link.client.messageFlagsAdd(range, [flag], { uid: true }),
    )
  }

  /** The ids of those slices to which the server has agreed. */
  async #bySlices(
    ids: readonly string[],
    signal: AbortSignal | undefined,
    work: (range: string) => Promise<unknown>,
  ): Promise<string[]> {
    const agreed: string[] = []
    for (const slice of slices(toUids(ids))) {
      const done = await this.link.step(DiagnosisStepKind.RECEIVE, signal, () =>
        work(slice.join(',')),
      )
      if (done === true) agreed.push(...slice.map(String))
    }
    return agreed
  }
}

function* slices(uids: readonly number[]): Generator<readonly number[]> {
  for (let at = 0; at < uids.length; at += SLICE_UIDS) yield uids.slice(at, at + SLICE_UIDS)
}

function toUids(ids: readonly string[]): number[] {
  return ids.map((id) => {
    const uid = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : NaN
    if (!(uid <= UID_MAX)) throw new RangeError('not an IMAP UID')
    return uid
  })
}
