import { DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
import { untilAborted } from '../deadline.js'
import { openSession, type OnStep, type SessionTarget } from '../open-session.js'
import { Removal, type ListedMessage, type ReceivedMessage, type Receiver } from '../receiver.js'
import { sayGoodbye } from '../say-goodbye.js'
import { StepClock } from '../step-clock.js'
import { TransportError } from '../transport-error.js'
import { ImapLink } from './imap-link.js'
import type { ImapSession } from './imap-session.js'

/** Dovecot takes 64 KiB in a command line; so many scattered UIDs have 11 KB at most. */
const SLICE_UIDS = 1_000
/** More than any inbox that a person reads; the rest comes the next time. */
const LIST_MAX = 200_000
/** Each time-out must bring so much of a body, and the whole slice ends by the second. */
const BODY_FLOOR_BYTES = 64
const SLICE_MAX_MS = 30 * 60_000
/** So many answers that nobody asked for are news of other clients; more are a flood. */
const UNASKED_MAX = 10_000
const UID_MAX = 4_294_967_295

export interface ImapReceiverOptions {
  /** EXAMINE and not SELECT: nothing can change, not even \Recent (RFC 3501 section 6.3.2). */
  readonly readOnly: boolean
  readonly signal?: AbortSignal | undefined
  readonly onStep?: OnStep | undefined
}

/** Opens, protects and signs in (see openSession), and opens the INBOX. */
export async function openImapReceiver(
  target: SessionTarget<ImapSession>,
  { readOnly, signal, onStep }: ImapReceiverOptions,
): Promise<Receiver> {
  const opened = await openSession(target, signal, onStep)
  onStep?.(DiagnosisStepKind.MAILBOX)
  const link = new ImapLink(opened, target.timeoutMs)
  const mailbox = await link.step(DiagnosisStepKind.MAILBOX, signal, async () => {
    await link.client.connect()
    return link.client.mailboxOpen('INBOX', { readOnly })
  })
  const identity = mailbox.uidValidity ? String(mailbox.uidValidity) : undefined
  return new ImapReceiver(link, identity, mailbox.readOnly ?? readOnly, target.timeoutMs)
}

/** IMAP4 by imapflow on our connection; by UID only, one command at a time. */
class ImapReceiver implements Receiver {
  constructor(
    private readonly link: ImapLink,
    readonly identity: string | undefined,
    readonly isReadOnly: boolean,
    private readonly timeoutMs: number,
  ) {}

  async list(signal?: AbortSignal): Promise<readonly ListedMessage[]> {
    const uids = await this.#search({ seen: false }, signal)
    const listed: ListedMessage[] = []
    for (const slice of slices(uids)) listed.push(...(await this.#sizes(slice, signal)))
    return listed
  }

  async *fetch(
    ids: readonly string[],
    signal?: AbortSignal,
  ): AsyncGenerator<ReceivedMessage, void> {
    for (const slice of slices(toUids(ids))) yield* this.#fetchSlice(slice, signal)
  }

  async markSeen(ids: readonly string[], signal?: AbortSignal): Promise<boolean> {
    return this.#store(ids, '\\Seen', signal)
  }

  async remove(ids: readonly string[], signal?: AbortSignal): Promise<Removal> {
    // RFC 4315: without UIDPLUS there is only the EXPUNGE that takes what other clients have marked as well.
    if (!this.link.client.capabilities.has('UIDPLUS')) {
      return (await this.#store(ids, '\\Deleted', signal)) ? Removal.MARKED : Removal.REFUSED
    }
    const { client } = this.link
    const removed = await this.#bySlices(ids, signal, (range) =>
      client.messageDelete(range, { uid: true }),
    )
    return removed ? Removal.REMOVED : Removal.REFUSED
  }

  async findByMessageId(messageId: string, signal?: AbortSignal): Promise<readonly string[]> {
    return (await this.#search({ header: { 'Message-ID': messageId } }, signal)).map(String)
  }

  async close(): Promise<void> {
    const { timeoutMs } = this
    await sayGoodbye(() => this.link.client.logout(), { timeoutMs })
    this.link.fail(new TransportError(DiagnosisProblem.CONNECTION_LOST))
  }

  async #search(
    query: Parameters<ImapLink['client']['search']>[0],
    signal: AbortSignal | undefined,
  ): Promise<number[]> {
    return this.link.step(DiagnosisStepKind.RECEIVE, signal, async () => {
      const found = await this.link.client.search(query, { uid: true })
      if (!Array.isArray(found)) throw new TransportError(DiagnosisProblem.MAILBOX_FAILED)
      const unique = [...new Set(found)].filter((uid) => uid <= UID_MAX)
      return unique.sort((a, b) => a - b).slice(0, LIST_MAX)
    })
  }

  #sizes(uids: readonly number[], signal: AbortSignal | undefined): Promise<ListedMessage[]> {
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
      return [...asked].map(([uid, sizeBytes]) => ({ id: String(uid), sizeBytes }))
    })
  }

  #store(ids: readonly string[], flag: string, signal: AbortSignal | undefined): Promise<boolean> {
    return this.#bySlices(ids, signal, (range) =>
      this.link.client.messageFlagsAdd(range, [flag], { uid: true }),
    )
  }

  async #bySlices(
    ids: readonly string[],
    signal: AbortSignal | undefined,
    work: (range: string) => Promise<unknown>,
  ): Promise<boolean> {
    let isDone = true
    for (const slice of slices(toUids(ids))) {
      const done = await this.link.step(DiagnosisStepKind.RECEIVE, signal, () =>
        work(slice.join(',')),
      )
      isDone &&= done === true
    }
    return isDone
  }

  async *#fetchSlice(
    uids: readonly number[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ReceivedMessage, void> {
    signal?.throwIfAborted()
    const asked = new Set(uids)
    const endMs = performance.now() + SLICE_MAX_MS
    const controller = new AbortController()
    const clock = new StepClock(this.timeoutMs, () =>
      controller.abort(new TransportError(DiagnosisProblem.TIMEOUT)),
    )
    const cancel = () => controller.abort(signal?.reason)
    signal?.addEventListener('abort', cancel, { once: true })
    this.link.listen((bytes) => clock.moved(bytes))
    // The query's BODY.PEEK[] leaves \Seen alone (RFC 3501 section 6.4.5); imapflow sends no other.
    const rows = this.link.client.fetch(uids.join(','), { uid: true, source: true }, { uid: true })
    let unasked = 0
    let isComplete = false
    try {
      clock.startMoving(BODY_FLOOR_BYTES, endMs)
      for (;;) {
        const next = await untilAborted(controller.signal, rows.next())
        if (next.done) break
        const { uid, source } = next.value
        if (!Buffer.isBuffer(source) || !asked.delete(uid)) {
          unasked += 1
          if (unasked > UNASKED_MAX) throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR)
          continue
        }
        clock.stop()
        yield { id: String(uid), source }
        if (asked.size > 0) clock.startMoving(BODY_FLOOR_BYTES, endMs)
        else clock.start()
      }
      isComplete = true
    } catch (error) {
      this.link.fail(error)
      signal?.throwIfAborted()
      throw this.link.failureOf(DiagnosisStepKind.RECEIVE, error)
    } finally {
      clock.stop()
      this.link.listen(undefined)
      signal?.removeEventListener('abort', cancel)
      if (!isComplete) this.link.fail(new TransportError(DiagnosisProblem.CONNECTION_LOST))
    }
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
