import { DiagnosisStepKind, EncryptionMode } from '@mailroom/shared'
import { withDeadline } from './deadline.js'
import type { LineConnection } from './line-connection.js'
import type { MailSession } from './mail-session.js'
import { createRedact, type Credentials, type Redact } from './redact.js'
import { SessionOpener, type Family, type SessionEndpoint } from './session-opener.js'
import { asStepFailure } from './step-failure.js'

/** Where a session is opened, how it is protected and who signs in. */
export interface SessionTarget<S extends MailSession> extends SessionEndpoint<S> {
  /** Undefined: nobody signs in. */
  readonly credentials: Credentials | undefined
}

/** A session that has greeted, is as protected as was asked for, and is signed in. */
export interface OpenedSession<S extends MailSession> {
  readonly session: S
  readonly connection: LineConnection
  readonly redact: Redact
  /** The family that was dialled, for the other side of a POP before SMTP. */
  readonly family: Family
}

/** Hears of each step as it begins. */
export type OnStep = (step: DiagnosisStepKind) => void

/**
 * Opens, protects and signs in, in the order that the encryption needs, for sending and receiving.
 * Fails closed: without the protection that was asked for not a byte of the credentials is written.
 * Throws a StepFailure that names the step; no socket is left then.
 */
export async function openSession<S extends MailSession>(
  target: SessionTarget<S>,
  signal?: AbortSignal,
  onStep?: OnStep,
): Promise<OpenedSession<S>> {
  const { encryption, credentials, timeoutMs } = target
  const redact = createRedact(credentials === undefined ? [] : [credentials])
  const opener = new SessionOpener(target, redact)
  async function step<T>(kind: DiagnosisStepKind, work: (at: AbortSignal) => Promise<T>) {
    onStep?.(kind)
    try {
      return await withDeadline(timeoutMs, signal, work)
    } catch (error) {
      signal?.throwIfAborted()
      throw asStepFailure(kind, error)
    }
  }
  try {
    await step(DiagnosisStepKind.RESOLVE, () => opener.resolve())
    await step(DiagnosisStepKind.CONNECT, (at) => opener.connect(at))
    if (encryption === EncryptionMode.SSL) {
      await step(DiagnosisStepKind.TLS, (at) => opener.secure(at))
    }
    await step(DiagnosisStepKind.GREETING, (at) => opener.session.greeting(at))
    if (encryption === EncryptionMode.TLS) {
      await step(DiagnosisStepKind.TLS, (at) => opener.startTls(at))
    }
    await step(DiagnosisStepKind.CAPABILITIES, (at) => opener.session.capabilities(at))
    if (credentials !== undefined) {
      await step(DiagnosisStepKind.AUTHENTICATE, (at) => opener.authenticate(credentials, at))
    }
  } catch (error) {
    opener.destroy()
    throw error
  }
  const { session, connection, family = 4 } = opener
  return { session, connection, redact, family }
}
