import { DiagnosisProblem, DiagnosisStepKind } from '@mailroom/shared'
import { withDeadline } from '../deadline.js'
import {
  openSession,
  type OpenedSession,
  type OnStep,
  type SessionTarget,
} from '../open-session.js'
import type { Redact } from '../redact.js'
import { sayGoodbye } from '../say-goodbye.js'
import { refuseUnread } from '../session-opener.js'
import {
  SendOutcome,
  type Envelope,
  type RecipientResult,
  type Sender,
  type SendOrder,
  type SendResult,
} from '../sender.js'
import { asStepFailure, StepFailure } from '../step-failure.js'
import { TransportError } from '../transport-error.js'
import { prepareEnvelope, type PreparedEnvelope } from './prepare-envelope.js'
import { SmtpCourier } from './smtp-courier.js'
import type { SmtpExchange } from './smtp-dialogue.js'
import type { SmtpReply } from './smtp-reply-parser.js'
import { sizeOnTheWire } from './message-source.js'
import type { SmtpSession } from './smtp-session.js'

/** Opens, protects and signs in (see openSession) and gives the connection as a {@link Sender}. */
export async function openSmtpSender(
  target: SessionTarget<SmtpSession>,
  signal?: AbortSignal,
  onStep?: OnStep,
): Promise<Sender> {
  return createSmtpSender(await openSession(target, signal, onStep), target.timeoutMs)
}

/** A {@link Sender} over a session that somebody has opened; `timeoutMs` is the wall clock of each step. */
export function createSmtpSender(opened: OpenedSession<SmtpSession>, timeoutMs: number): Sender {
  return new SmtpSender(opened, timeoutMs)
}

/**
 * SMTP by our own session until the envelope is to be tried, and by nodemailer from the first message
 * on: it does dots, line ends and streams; who is spoken to and who signs in has been settled.
 */
class SmtpSender implements Sender {
  readonly #session: SmtpSession
  readonly #redact: Redact
  #courier: SmtpCourier | undefined

  constructor(
    private readonly opened: OpenedSession<SmtpSession>,
    private readonly timeoutMs: number,
  ) {
    this.#session = opened.session
    this.#redact = opened.redact
  }

  async verifyEnvelope(envelope: Envelope, signal?: AbortSignal) {
    const prepared = prepareEnvelope(envelope, this.#session.extensions)
    try {
      const sender = await this.#ask(mailFrom(prepared), signal)
      if (!isPositive(sender)) throw this.#refusal(DiagnosisProblem.SENDER_REFUSED, sender)
      const replies: SmtpReply[] = []
      for (const address of prepared.to) {
        replies.push(await this.#ask(`RCPT TO:<${address}>`, signal))
      }
      await this.#ask('RSET', signal)
      return envelope.to.map((address, at) => this.#recipient(address, replies[at]))
    } catch (error) {
      if (!(error instanceof StepFailure)) this.opened.connection.destroy()
      signal?.throwIfAborted()
      throw asStepFailure(DiagnosisStepKind.ENVELOPE, error)
    }
  }

  async send(order: SendOrder): Promise<SendResult> {
    order.signal?.throwIfAborted()
    const { envelope, source } = order
    let courier: SmtpCourier | undefined
    try {
      const prepared = prepareEnvelope(envelope, this.#session.extensions)
      const sizeBytes = Buffer.isBuffer(source) ? sizeOnTheWire(source) : order.sizeBytes
      this.#requireRoom(sizeBytes)
      courier = this.#courier ??= await this.#handOver(order.signal)
      await courier.carry(prepared, { ...order, sizeBytes })
      return this.#result(envelope, courier, undefined)
    } catch (error) {
      try {
        if (courier === undefined || !isUnanswered(courier)) order.signal?.throwIfAborted()
        return this.#result(envelope, courier, this.#failureOf(courier, error))
      } finally {
        // Nodemailer lets go of the message only where the envelope is refused.
        if (!Buffer.isBuffer(source)) source.destroy()
        courier?.destroy()
      }
    } finally {
      courier?.rest()
    }
  }

  async close(): Promise<void> {
    const { timeoutMs } = this
    await sayGoodbye(
      async (signal) =>
        this.#courier === undefined ? this.#session.quit(signal) : this.#courier.quit(),
      { timeoutMs },
    )
    this.#courier?.destroy()
    this.opened.connection.destroy()
  }

  #requireRoom(sizeBytes: number | undefined): void {
    const limit = Number(this.#session.extensions.get('SIZE')?.[0] ?? 0)
    if (sizeBytes === undefined || !(limit > 0) || sizeBytes <= limit) return
    const detail = `The message has ${sizeBytes} bytes; this server takes ${limit}.`
    throw new StepFailure(
      DiagnosisStepKind.SEND,
      new TransportError(DiagnosisProblem.MESSAGE_REFUSED, { detail }),
    )
  }

  async #handOver(signal: AbortSignal | undefined): Promise<SmtpCourier> {
    const { connection } = this.opened
    refuseUnread(connection, DiagnosisProblem.PROTOCOL_ERROR, 'an answer to nothing')
    const { socket } = connection.handOver()
    const courier = new SmtpCourier(socket, this.#session.extensions, this.timeoutMs, this.#redact)
    await withDeadline(this.timeoutMs, signal, () => courier.begin())
    return courier
  }

  #failureOf(courier: SmtpCourier | undefined, error: unknown): StepFailure {
    const refused = courier && refusal(courier)
    if (refused !== undefined) return this.#refusal(refusedProblem(refused), refused.reply)
    const step = courier?.hasBegunData ? DiagnosisStepKind.SEND : DiagnosisStepKind.ENVELOPE
    const reason = courier?.violation ?? courier?.ending?.reason ?? error
    const failure = asStepFailure(step, reason)
    if (failure instanceof StepFailure) return failure
    if (courier === undefined || !isUnanswered(courier)) throw failure
    // Cancelled: whether it was in time nobody knows.
    return new StepFailure(step, new TransportError(DiagnosisProblem.CONNECTION_LOST))
  }

  #result(
    envelope: Envelope,
    courier: SmtpCourier | undefined,
    failure: StepFailure | undefined,
  ): SendResult {
    const exchanges = courier?.exchanges ?? []
    const replies = exchanges.filter(({ command }) => command.startsWith('RCPT '))
    const last = exchanges.at(-1)?.reply
    const refused = courier && refusal(courier)
    return {
      outcome: outcomeOf(courier, failure),
      recipients: envelope.to.map((address, at) => this.#recipient(address, replies[at]?.reply)),
      said: last === undefined ? '' : this.#said(last),
      failure,
      isTemporary:
        failure !== undefined &&
        (refused === undefined ? isTransient(failure) : refused.reply.code < 500),
    }
  }

  #recipient(address: string, reply: SmtpReply | undefined): RecipientResult {
    return {
      address,
      accepted: reply !== undefined && isPositive(reply),
      isTemporary: reply !== undefined && reply.code >= 400 && reply.code < 500,
      said: reply === undefined ? '' : this.#said(reply),
    }
  }

  #ask(line: string, signal: AbortSignal | undefined): Promise<SmtpReply> {
    return withDeadline(this.timeoutMs, signal, (at) => this.#session.ask(line, at))
  }

  #said(reply: SmtpReply): string {
    return this.#redact(`${reply.code} ${reply.lines.join(' / ')}`)
  }

  #refusal(problem: DiagnosisProblem, reply: SmtpReply): StepFailure {
    // 530 (RFC 4954 section 6): nobody sends here who has not signed in.
    const named = reply.code === 530 ? DiagnosisProblem.AUTH_NEEDED : problem
    const step =
      problem === DiagnosisProblem.MESSAGE_REFUSED
        ? DiagnosisStepKind.SEND
        : DiagnosisStepKind.ENVELOPE
    return new StepFailure(step, new TransportError(named, { detail: this.#said(reply) }))
  }
}

function mailFrom({ from, needsSmtpUtf8 }: PreparedEnvelope): string {
  return `MAIL FROM:<${from}>${needsSmtpUtf8 ? ' SMTPUTF8' : ''}`
}

function isPositive({ code }: SmtpReply): boolean {
  return code >= 200 && code < 300
}

/**
 * Whether the whole message may be at the server and its answer is missing; one out of step is none: a
 * 250 too many may have been the first one.
 */
function isUnanswered({ isDotWritten, violation, exchanges }: SmtpCourier): boolean {
  return isDotWritten && (violation !== undefined || exchanges.at(-1)?.command !== '.')
}

function outcomeOf(
  courier: SmtpCourier | undefined,
  failure: StepFailure | undefined,
): SendOutcome {
  if (failure === undefined) return SendOutcome.SENT
  return courier !== undefined && isUnanswered(courier)
    ? SendOutcome.UNCONFIRMED
    : SendOutcome.FAILED
}

/** The reply that ended it, where it was a reply: the connection was still there, or 421 closed it. */
function refusal({ exchanges, violation, ending }: SmtpCourier): SmtpExchange | undefined {
  const last = exchanges.at(-1)
  if (last === undefined || violation !== undefined || last.reply.code < 400) return undefined
  return ending === undefined || last.reply.code === 421 ? last : undefined
}

function refusedProblem({ command }: SmtpExchange): DiagnosisProblem {
  if (command.startsWith('MAIL ')) return DiagnosisProblem.SENDER_REFUSED
  if (command.startsWith('RCPT ')) return DiagnosisProblem.RECIPIENT_REFUSED
  if (command === 'CLOSING') return DiagnosisProblem.CONNECTION_LOST
  return DiagnosisProblem.MESSAGE_REFUSED
}

const TRANSIENT: readonly DiagnosisProblem[] = [
  DiagnosisProblem.CONNECTION_LOST,
  DiagnosisProblem.TIMEOUT,
]

function isTransient({ problem }: StepFailure): boolean {
  return TRANSIENT.includes(problem)
}
