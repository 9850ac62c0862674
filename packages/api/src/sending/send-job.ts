import { DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logger.js'
import type { MessageSourceStore } from '../message/message-source-store.js'
import { SendOutcome, type SendResult } from '../transport/sender.js'
import { ClaimKeeper } from './claim-keeper.js'
import type { Outgoing, OutgoingOpener } from './outgoing-opener.js'
import { ClaimLost, failureOf, NotSent, type SendFailure } from './send-failure.js'
import type { Claim, SendStore } from './send-store.js'
import type { PooledSender, SenderPool } from './sender-pool.js'
import { failedVerdict, verdictOf, type Verdict } from './verdict.js'

interface SendJobParts {
  readonly store: SendStore
  readonly sources: MessageSourceStore
  readonly opener: OutgoingOpener
  readonly pool: SenderPool
  readonly logger: Logger
}

/** For so long an account's outbox is emptied at a stretch; others have their turn then. */
const SLICE_MS = 10_000
const END_TRIES = 8
const END_PAUSE_MS = 1_000

/** Sends what is due: message by message, each by one worker. */
export class SendJobs {
  readonly #keeper: ClaimKeeper

  constructor(private readonly parts: SendJobParts) {
    this.#keeper = new ClaimKeeper(parts.store, parts.logger)
  }

  /** Whether a message is on its way from here. */
  get isBusy(): boolean {
    return this.#keeper.isBusy
  }

  /** Cuts off whatever is on its way: before its final dot it is another's to send, after it nobody knows. */
  interrupt(): void {
    this.#keeper.interrupt(new ClaimLost('the process ends'))
  }

  /** Sends what is due of an account, for a while. Never rejects for what a mail server does. */
  async drain(accountId: string, stopping: AbortSignal): Promise<void> {
    const endMs = performance.now() + SLICE_MS
    const isGoingOn = () => !stopping.aborted && performance.now() < endMs
    let claim = isGoingOn() ? await this.parts.store.claim(accountId) : undefined
    while (claim !== undefined) {
      const current = claim
      claim = await this.#keeper.keep(current, (signal) => this.#send(current, signal, isGoingOn))
    }
  }

  /** @returns the next to send */
  async #send(
    claim: Claim,
    signal: AbortSignal,
    isGoingOn: () => boolean,
  ): Promise<Claim | undefined> {
    const { store, logger } = this.parts
    const progress = { mayBeThere: false }
    let verdict: Verdict
    try {
      verdict = verdictOf(claim, await this.#attempt({ claim, signal, progress }))
    } catch (error) {
      if (error instanceof ClaimLost) {
        await store.putBack(claim)
        return undefined
      }
      const failure = failureOf(error)
      if (failure === undefined) {
        logger.error({ err: error, sendingId: claim.id }, 'sending failed unexpectedly')
      }
      // Left as it is, it is UNCONFIRMED in a moment: the next worker's look finds the dot.
      if (failure === undefined && progress.mayBeThere) return undefined
      verdict = failedVerdict(claim, failure ?? UNEXPECTED)
    }
    return this.#end(claim, verdict, isGoingOn)
  }

  /** What came of it is written down, should the database be away for a moment. */
  async #end(claim: Claim, verdict: Verdict, isGoingOn: () => boolean): Promise<Claim | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.parts.store.end(claim, verdict, isGoingOn())
      } catch (error) {
        if (tries === END_TRIES) throw error
        this.parts.logger.warn({ err: error, sendingId: claim.id }, 'could not note what was sent')
        await sleep(END_PAUSE_MS)
      }
    }
  }

  async #attempt(attempt: Attempt): Promise<SendResult> {
    const { claim, signal } = attempt
    const { opener, sources } = this.parts
    const outgoing = await opener.outgoingOf(claim.accountId)
    const source = await sources.read(claim.messageId)
    // Where the message is gone, so is its sending, and nobody is told.
    if (source === null) throw new NotSent(DiagnosisProblem.INTERNAL)
    const waiting = this.parts.pool.take(outgoing.key)
    if (waiting !== undefined) {
      const result = await this.#carry(waiting, { ...attempt, outgoing, source })
      // A connection that waited may have been closed meanwhile: that says nothing of the message.
      if (!isStale(result)) return result
    }
    const fresh = await outgoing.open(signal)
    const result = await this.#carry(
      { sender: fresh.sender, sent: 0 },
      { ...attempt, outgoing, source },
    )
    if (!outgoing.usesPopBeforeSmtp || !isRefusedEnvelope(result)) return result
    // Perhaps the server has forgotten who signed in: the next one signs in anew, and so does this one.
    opener.forgetPopSignIn(outgoing.key)
    if (fresh.isFresh) return result
    const { sender } = await outgoing.open(signal)
    return this.#carry({ sender, sent: 0 }, { ...attempt, outgoing, source })
  }

  async #carry(
    { sender, sent }: PooledSender,
    { claim, outgoing, source, signal, progress }: Errand,
  ): Promise<SendResult> {
    const { pool, store } = this.parts
    let isReusable = false
    try {
      const result = await sender.send({
        envelope: {
          from: claim.sender,
          to: claim.pending.map(({ address }) => address),
          hasUtf8Headers: claim.hasUtf8Addresses,
        },
        ...{ source, signal },
        beforeFinalDot: async () => {
          progress.mayBeThere = true
          await store.noteDot(claim)
        },
      })
      isReusable = result.failure === undefined
      return result
    } finally {
      if (isReusable) pool.give(outgoing.key, outgoing.host, { sender, sent: sent + 1 })
      else pool.discard(sender)
    }
  }
}

interface Attempt {
  readonly claim: Claim
  readonly signal: AbortSignal
  /** Whether the final dot may have been written. */
  readonly progress: { mayBeThere: boolean }
}

interface Errand extends Attempt {
  readonly outgoing: Outgoing
  readonly source: Buffer
}

const UNEXPECTED: SendFailure = {
  problem: DiagnosisProblem.INTERNAL,
  detail: null,
  isTemporary: true,
}

const LOST: ReadonlySet<DiagnosisProblem> = new Set([
  DiagnosisProblem.CONNECTION_LOST,
  DiagnosisProblem.TIMEOUT,
])

const isStale = ({ failure }: SendResult) =>
  failure?.step === DiagnosisStepKind.ENVELOPE && LOST.has(failure.problem)

const isRefusedEnvelope = ({ outcome, failure }: SendResult) =>
  outcome === SendOutcome.FAILED &&
  failure?.step === DiagnosisStepKind.ENVELOPE &&
  !LOST.has(failure.problem)
