import { DiagnosisProblem } from '@mailroom/shared'
import { Removal, SignOff, type ListedMessage, type Receiver } from '../transport/receiver.js'
import { TransportError } from '../transport/transport-error.js'
import { BatchWriter } from './batch-writer.js'
import { countIds } from './judge.js'
import { contentKey } from './run-figures.js'
import { idKey, mailboxKey, sha256 } from './mailbox-key.js'
import type { MailboxRun, RunMemory } from './receive-mailbox.js'
import type { FetchedMessage } from './insert-received.js'
import type { Storing } from './received-store.js'
import { withRetries } from './retry-store.js'
import { slicesOf } from './slices.js'

/** A listed message with what tells it from the others. */
interface Item extends ListedMessage {
  /** Hexadecimal; undefined where the server has no id for it. */
  readonly idKey: string | undefined
  /** Within this run. */
  readonly key: string
}

/** A fetched message on its way into the store. */
interface Fetched {
  readonly item: Item
  readonly message: FetchedMessage
  readonly sizeBytes: number
}

/** A connection may break off at a message by chance; twice is the message. */
const BREAKS_MAX = 2
/** What its column holds; nobody needs to count further. */
const COPIES_MAX = 32_767

/** One connection of a run. */
export class MailboxSession {
  /** What the server has not given yet, in the order asked for: the first is the one being fetched. */
  #waiting = new Set<Item>()
  readonly #copies = new Map<string, number>()
  /** Whose removal the server has agreed to. */
  readonly #removed: Item[] = []
  /** What did not work though all mail is here. */
  #remark: DiagnosisProblem | undefined
  /** Undefined before the mailbox is listed. */
  #storing: Storing | undefined

  constructor(
    private readonly run: MailboxRun,
    private readonly receiver: Receiver,
    private readonly memory: RunMemory,
  ) {}

  /** The message that was being fetched, by its key. */
  get suspect(): string | undefined {
    return this.#waiting.values().next().value?.key
  }

  /** Lists what stays at the server, also where the run fails. */
  async noteUnreceived(): Promise<void> {
    const { store } = this.run
    if (this.#storing === undefined) return
    await store.noteUnreceived(this.#storing, [...this.memory.unreceived.values()])
  }

  /** Receives what is new and signs off; see receiveMailbox. */
  async receive(): Promise<DiagnosisProblem | undefined> {
    const { receiver, run } = this
    const { store, lease, rules, runId } = run
    const isNamed = receiver.listsAll || receiver.identity !== undefined
    const listed = itemsOf(await receiver.list(run.signal), isNamed)
    const storing: Storing = {
      ...{ lease, runId },
      listing: {
        mailboxKey: mailboxKey(run.place, receiver.identity).toString('hex'),
        listsAll: receiver.listsAll,
        counts: countIds(listed),
      },
    }
    this.#storing = storing
    const held = await store.compare(lease.accountId, listed, storing.listing, !rules.leaveOnServer)
    this.#countHeld(held)
    const wanted = this.#wanted(listed.filter((item) => !held.has(item)))
    await this.#settle(storing, [...held.keys()])
    for (const slice of slicesOf(wanted)) {
      if (run.stopping.aborted) break
      await this.#settle(storing, await this.#receiveSlice(slice, storing))
    }
    if (rules.deleteAfterDays !== null && !run.stopping.aborted) {
      await this.#removeExpired(storing, [...held.keys()], rules.deleteAfterDays)
    }
    await this.noteUnreceived()
    await this.#finish(storing)
    return this.#remark
  }

  /** Of a full listing what is known is no news; over IMAP4 an unread message should have been new. */
  #countHeld(held: ReadonlyMap<Item, string>): void {
    const { receiver, run } = this
    if (receiver.listsAll) return
    for (const [{ key }, runId] of held) {
      if (runId === run.runId) continue
      run.tally.find(key)
      run.tally.set(key, 'HAD')
    }
  }

  /** What is to be fetched; the rest stays where it is, and is told of. */
  #wanted(items: readonly Item[]): Item[] {
    const { tally, rules } = this.run
    const breaksOf = ({ key }: Item) => this.memory.breaks.get(key) ?? []
    const wanted: Item[] = []
    for (const item of items) {
      // Already found not to be had, on an earlier connection.
      if (this.memory.unreceived.has(item.key)) continue
      tally.find(item.key)
      const breaks = breaksOf(item)
      const last = breaks.at(-1)
      if ((item.sizeBytes ?? 0) > rules.sizeLimitBytes) this.#leave(item, tooLarge())
      else if (last?.problem === DiagnosisProblem.MESSAGE_TOO_LARGE) this.#leave(item, last)
      else if (last !== undefined && breaks.length >= BREAKS_MAX) this.#leave(item, last)
      else wanted.push(item)
    }
    // What a connection has broken off at comes last, so that it costs the others nothing.
    return wanted.sort((a, b) => breaksOf(a).length - breaksOf(b).length)
  }

  /** Stores a slice; what may be marked or removed at the server is answered. */
  async #receiveSlice(slice: readonly Item[], storing: Storing): Promise<Item[]> {
    const { receiver, run } = this
    const stored: Item[] = []
    const writer = new BatchWriter<Fetched>((batch) => this.#write(batch, storing, stored))
    const byId = new Map(slice.map((item) => [item.id, item]))
    this.#waiting = new Set(slice)
    try {
      for await (const answer of receiver.fetch([...byId.keys()], run.signal)) {
        const item = byId.get(answer.id)
        if (item === undefined) continue
        byId.delete(answer.id)
        this.#waiting.delete(item)
        if ('refusal' in answer) this.#leave(item, answer.refusal)
        else await writer.add(this.#fetched(item, answer.source))
      }
    } catch (error) {
      // What has come whole is kept; what somebody has cancelled can be fetched again.
      if (run.signal.aborted) await writer.abandon()
      else await writer.flush()
      throw error
    }
    await writer.flush()
    this.#waiting.clear()
    for (const item of byId.values()) this.#leave(item, notGiven())
    return stored
  }

  #fetched(item: Item, source: Buffer): Fetched {
    const hash = sha256(source).toString('hex')
    const key = item.idKey ?? hash
    const copyKey = `${key} ${hash}`
    const copies = Math.min((this.#copies.get(copyKey) ?? 0) + 1, COPIES_MAX)
    this.#copies.set(copyKey, copies)
    const message = { uniqueId: item.uniqueId, idKey: key, sha256: hash, source, copies }
    return { item, message, sizeBytes: source.length }
  }

  async #write(batch: readonly Fetched[], storing: Storing, stored: Item[]): Promise<void> {
    const { store, tally, signal } = this.run
    const outcomes = await withRetries(
      (isRepeated) =>
        store.store(
          storing,
          batch.map(({ message }) => message),
          (more) => tally.figures(more),
          isRepeated,
        ),
      signal,
    )
    for (const [index, { item, message }] of batch.entries()) {
      tally.setHere(item.key, contentKey(message), outcomes[index] ?? 'HAD')
      stored.push(item)
    }
  }

  /** Leaves a message where it is, and lists it. */
  #leave(item: Item, { problem, detail }: TransportError): void {
    const isTooLarge = problem === DiagnosisProblem.MESSAGE_TOO_LARGE
    this.run.tally.set(item.key, isTooLarge ? 'TOO_LARGE' : 'FAILED')
    const { uniqueId, sizeBytes } = item
    // One that has no id is told by its place: the next run makes the list anew.
    const key = item.idKey ?? idKey(item.key).toString('hex')
    this.memory.unreceived.set(item.key, { idKey: key, uniqueId, sizeBytes, problem, detail })
  }

  /** Marks as read, or removes, what is stored: its COMMIT was acknowledged before. */
  async #settle(storing: Storing, items: readonly Item[]): Promise<void> {
    const { receiver, run } = this
    if (items.length === 0) return
    await run.lease.check()
    const ids = items.map(({ id }) => id)
    if (!run.rules.leaveOnServer) return this.#remove(storing, items)
    if (!(await receiver.markSeen(ids, run.signal))) {
      this.#remark = DiagnosisProblem.MARKING_REFUSED
    }
  }

  async #remove(storing: Storing, items: readonly Item[]): Promise<void> {
    const { receiver, run } = this
    // Only a maildrop gives an id to another message (RFC 1939 section 7).
    if (receiver.listsAll) {
      await run.store.noteRemoving(storing, keysOf(items))
    }
    await run.lease.check()
    const { removal, ids } = await receiver.remove(
      items.map(({ id }) => id),
      run.signal,
    )
    const agreed = new Set(ids)
    if (agreed.size < items.length) this.#remark = DiagnosisProblem.REMOVAL_REFUSED
    const gone = items.filter(({ id }) => agreed.has(id))
    if (removal === Removal.MARKED) {
      // Still there, it would go on looking like a message that nobody has received.
      await receiver.markSeen(ids, run.signal)
      await run.store.noteMarked(storing, keysOf(gone))
    } else this.#removed.push(...gone)
  }

  /** @param held what is known by its id; what was fetched in this run is not old */
  async #removeExpired(storing: Storing, held: readonly Item[], days: number): Promise<void> {
    const { lease, store } = this.run
    const expired = await store.expired(lease.accountId, storing.listing, days)
    const present = Map.groupBy(held, (item) => item.idKey)
    const items = expired.flatMap(({ idKey: key, uniqueId, sizeBytes }) =>
      this.receiver.listsAll
        ? (present.get(key) ?? []).filter((item) => item.sizeBytes === sizeBytes)
        : [{ id: uniqueId, uniqueId, idKey: key, key, sizeBytes }],
    )
    if (items.length > 0) await this.#remove(storing, [...new Set(items)])
  }

  async #finish(storing: Storing): Promise<void> {
    const { signal } = this.run
    // All is stored: whoever cancels need not wait for the server's farewell.
    const letGo = () => void this.receiver.close()
    signal.addEventListener('abort', letGo, { once: true })
    const signOff = await this.receiver.finish()
    signal.removeEventListener('abort', letGo)
    if (this.#removed.length === 0) return
    if (signOff !== SignOff.CONFIRMED) this.#remark ??= DiagnosisProblem.REMOVAL_REFUSED
    else await this.run.store.noteRemoved(storing, keysOf(this.#removed))
  }
}

const keysOf = (items: readonly Item[]) => items.flatMap(({ idKey: key }) => key ?? [])

/** @param isNamed whether the server's ids are good for more than this connection (without UIDVALIDITY no UID is) */
function itemsOf(listed: readonly ListedMessage[], isNamed: boolean): Item[] {
  const seen = new Map<string, number>()
  return listed.map((message) => {
    const { id } = message
    const uniqueId = isNamed ? message.uniqueId : undefined
    if (uniqueId === undefined) {
      return { ...message, uniqueId, idKey: undefined, key: `number ${id}` }
    }
    const key = idKey(uniqueId).toString('hex')
    const nth = seen.get(key) ?? 0
    seen.set(key, nth + 1)
    return { ...message, idKey: key, key: `${key} ${nth}` }
  })
}

const tooLarge = () => new TransportError(DiagnosisProblem.MESSAGE_TOO_LARGE)

const notGiven = () =>
  new TransportError(DiagnosisProblem.MESSAGE_UNAVAILABLE, { detail: 'listed, and then not given' })
