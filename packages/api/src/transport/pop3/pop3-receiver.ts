import { BYTES_PER_MIB, DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
import { withDeadline } from '../deadline.js'
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
import { asStepFailure } from '../step-failure.js'
import { TransportError } from '../transport-error.js'
import type { ManyOptions, Pop3Message } from './pop3-download.js'
import { isMessageNumber } from './pop3-listing.js'
import type { Pop3Maildrop } from './pop3-maildrop.js'
import type { Pop3Session } from './pop3-session.js'

/** What is read of a message beyond the limit to keep the connection: less work than a new one. */
const SKIP_MAX_BYTES = 4 * BYTES_PER_MIB
/** Of a server's words about one message. */
const SAID_MAX = 200

/** Opens, protects and signs in (see openSession), and asks how many messages there are. */
export async function openPop3Receiver(
  target: SessionTarget<Pop3Session>,
  { readOnly, maxBytes, signal, onStep }: ReceiverOptions,
): Promise<Receiver> {
  const { session, connection } = await openSession(target, signal, onStep)
  onStep?.(DiagnosisStepKind.MAILBOX)
  const { timeoutMs } = target
  const { maildrop } = session
  try {
    const { count } = await withDeadline(timeoutMs, signal, (at) => maildrop.stat(at))
    return new Pop3Receiver(maildrop, { isReadOnly: readOnly, count, timeoutMs, maxBytes })
  } catch (error) {
    connection.destroy()
    signal?.throwIfAborted()
    throw asStepFailure(DiagnosisStepKind.MAILBOX, error)
  }
}

interface OpenedMaildrop {
  readonly isReadOnly: boolean
  /** How many messages there are, as STAT says. */
  readonly count: number
  readonly timeoutMs: number
  readonly maxBytes: number
}

/** POP3 (RFC 1939): message numbers name messages for one connection, and QUIT alone removes them. */
class Pop3Receiver implements Receiver {
  readonly identity = undefined
  readonly listsAll = true

  constructor(
    private readonly maildrop: Pop3Maildrop,
    private readonly opened: OpenedMaildrop,
  ) {}

  get isReadOnly(): boolean {
    return this.opened.isReadOnly
  }

  async list(signal?: AbortSignal): Promise<readonly ListedMessage[]> {
    const sizes = await this.#step(signal, (at) => this.maildrop.sizes(at))
    const uniqueIds = await this.#step(signal, (at) => this.maildrop.uniqueIds(at))
    // LIST says what there is. What UIDL alone names is there where STAT has counted so far.
    const named = [...(uniqueIds?.keys() ?? [])].filter((number) => number <= this.opened.count)
    const numbers = [...new Set([...sizes.keys(), ...named])].sort((a, b) => a - b)
    return numbers.map((number) => ({
      id: String(number),
      uniqueId: uniqueIds?.get(number),
      sizeBytes: sizes.get(number),
    }))
  }

  listAll(signal?: AbortSignal): Promise<readonly ListedMessage[]> {
    return this.list(signal)
  }

  async *fetch(
    ids: readonly string[],
    signal?: AbortSignal,
  ): AsyncGenerator<ReceivedMessage | RefusedMessage, void> {
    const { maxBytes } = this.opened
    const limits = { maxBytes, skipUpToBytes: maxBytes + SKIP_MAX_BYTES }
    const messages = this.maildrop.retrieve(toNumbers(ids), { ...this.#many(signal), ...limits })
    try {
      for await (const message of messages) {
        yield this.#received(message)
      }
    } catch (error) {
      throw this.#failure(error, signal)
    }
  }

  markSeen(): Promise<boolean> {
    return Promise.resolve(true)
  }

  async remove(ids: readonly string[], signal?: AbortSignal): Promise<RemovalResult> {
    if (this.isReadOnly) return { removal: Removal.REFUSED, ids: [] }
    const numbers = toNumbers(ids)
    try {
      const answers = await this.maildrop.delete(numbers, this.#many(signal))
      const agreed = answers.filter(({ status }) => status.ok).map(({ number }) => String(number))
      const isRefused = agreed.length === 0 && ids.length > 0
      return { removal: isRefused ? Removal.REFUSED : Removal.PENDING, ids: agreed }
    } catch (error) {
      throw this.#failure(error, signal)
    }
  }

  async finish(): Promise<SignOff> {
    try {
      // Removing takes a server its time: QUIT gets as long as any other step.
      const { ok } = await withDeadline(this.opened.timeoutMs, undefined, (at) =>
        this.maildrop.quit(at),
      )
      return ok ? SignOff.CONFIRMED : SignOff.REFUSED
    } catch {
      // Whoever has not heard QUIT must not remove anything (RFC 1939 section 6).
      return this.maildrop.hasQuit ? SignOff.UNKNOWN : SignOff.REFUSED
    } finally {
      await this.close()
    }
  }

  close(): Promise<void> {
    this.maildrop.end(new TransportError(DiagnosisProblem.CONNECTION_LOST))
    return Promise.resolve()
  }

  #received(message: Pop3Message): ReceivedMessage | RefusedMessage {
    const id = String(message.number)
    switch (message.kind) {
      case 'MESSAGE':
        return { id, source: message.bytes }
      case 'TOO_LARGE':
        return { id, refusal: new TransportError(DiagnosisProblem.MESSAGE_TOO_LARGE) }
      case 'REFUSED': {
        const detail = this.maildrop.say(message.status).slice(0, SAID_MAX)
        return { id, refusal: new TransportError(DiagnosisProblem.MESSAGE_UNAVAILABLE, { detail }) }
      }
    }
  }

  #many(signal: AbortSignal | undefined): ManyOptions {
    return { timeoutMs: this.opened.timeoutMs, signal: signal ?? new AbortController().signal }
  }

  async #step<T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    try {
      return await withDeadline(this.opened.timeoutMs, signal, work)
    } catch (error) {
      throw this.#failure(error, signal)
    }
  }

  /** A connection on which something has failed is of no use. */
  #failure(error: unknown, signal: AbortSignal | undefined): Error {
    const failure = asStepFailure(DiagnosisStepKind.RECEIVE, error)
    this.maildrop.end(failure)
    signal?.throwIfAborted()
    return failure
  }
}

function toNumbers(ids: readonly string[]): number[] {
  return ids.map((id) => {
    const number = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : NaN
    if (!isMessageNumber(number)) throw new RangeError('not a POP3 message number')
    return number
  })
}
