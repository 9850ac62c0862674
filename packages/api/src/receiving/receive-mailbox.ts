import { type DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Receiver } from '../transport/receiver.js'
import { StepFailure } from '../transport/step-failure.js'
import type { TransportError } from '../transport/transport-error.js'
import type { Lease } from './lease.js'
import type { MailboxPlace } from './mailbox-key.js'
import { MailboxSession } from './mailbox-session.js'
import type { ReceivedStore } from './received-store.js'
import type { Unreceived } from './unreceived-rows.js'
import type { RunTally } from './run-figures.js'

/** What a run does with what it has received, as the account said when it began. */
export interface ReceiveRules {
  readonly leaveOnServer: boolean
  readonly deleteAfterDays: number | null
  readonly sizeLimitBytes: number
}

/** All that it takes to receive one mailbox. */
export interface MailboxRun {
  readonly runId: string
  readonly place: MailboxPlace
  readonly rules: ReceiveRules
  readonly lease: Lease
  readonly store: ReceivedStore
  readonly tally: RunTally
  /** Signs in; each call is a new connection. */
  open(): Promise<Receiver>
  /** Ends whatever is under way, at once. */
  readonly signal: AbortSignal
  /** Lets what is under way come to an orderly end, and begins nothing more. */
  readonly stopping: AbortSignal
}

/** What one connection of a run leaves to the next; by the keys of messages. */
export interface RunMemory {
  /** Why connections have broken off while a message was fetched. */
  readonly breaks: Map<string, readonly TransportError[]>
  /** What stays at the server. */
  readonly unreceived: Map<string, Unreceived>
}

/**
 * A server that breaks off at a message is asked for the others. So often without a message stored, or
 * another one at which it broke off, it is the server's fault.
 */
const RECONNECTS_MAX = 3
/** However it goes on: a run ends. */
const CONNECTIONS_MAX = 50
/** Many servers keep a maildrop locked for a moment after a connection is lost. */
const RECONNECT_PAUSE_MS = 1_000

/**
 * Receives what is new in a mailbox: fetch, store, COMMIT, and only then mark or remove at the server.
 * Resolves to what did not work though all mail is here, or undefined; rejects where the run failed.
 * Whatever was stored stays.
 */
export async function receiveMailbox(run: MailboxRun): Promise<DiagnosisProblem | undefined> {
  const memory: RunMemory = { breaks: new Map(), unreceived: new Map() }
  let vain = 0
  for (let connections = 1; ; connections++) {
    const receiver = await run.open()
    const session = new MailboxSession(run, receiver, memory)
    const storedBefore = run.tally.figures().stored
    try {
      return await session.receive()
    } catch (error) {
      await receiver.close()
      run.signal.throwIfAborted()
      const { suspect } = session
      const isNew = suspect !== undefined && !memory.breaks.has(suspect)
      vain = isNew || run.tally.figures().stored > storedBefore ? 0 : vain + 1
      const isHopeless = vain === RECONNECTS_MAX || connections === CONNECTIONS_MAX
      if (suspect === undefined || isHopeless || !isOfFetching(error)) {
        await session.noteUnreceived()
        throw error
      }
      memory.breaks.set(suspect, [...(memory.breaks.get(suspect) ?? []), error])
    }
    await sleep(RECONNECT_PAUSE_MS, undefined, { signal: run.signal })
  }
}

const isOfFetching = (error: unknown): error is StepFailure =>
  error instanceof StepFailure && error.step === DiagnosisStepKind.RECEIVE
