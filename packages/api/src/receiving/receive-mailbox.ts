import { type DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
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

/** A server that breaks off at a message is asked for the others, so often in a run. */
const RECONNECTS_MAX = 3

/**
 * Receives what is new in a mailbox: fetch, store, COMMIT, and only then mark or remove at the server.
 * Resolves to what did not work though all mail is here, or undefined; rejects where the run failed.
 * Whatever was stored stays.
 */
export async function receiveMailbox(run: MailboxRun): Promise<DiagnosisProblem | undefined> {
  const memory: RunMemory = { breaks: new Map(), unreceived: new Map() }
  for (let reconnects = 0; ; reconnects++) {
    const receiver = await run.open()
    const session = new MailboxSession(run, receiver, memory)
    try {
      return await session.receive()
    } catch (error) {
      await receiver.close()
      run.signal.throwIfAborted()
      if (reconnects === RECONNECTS_MAX || !isOfFetching(error)) throw error
      const { suspect } = session
      if (suspect === undefined) throw error
      memory.breaks.set(suspect, [...(memory.breaks.get(suspect) ?? []), error])
    }
  }
}

const isOfFetching = (error: unknown): error is StepFailure =>
  error instanceof StepFailure && error.step === DiagnosisStepKind.RECEIVE
