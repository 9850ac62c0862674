import type { Language } from '@mailroom/shared'
import type { Actor } from '../audit/actor.js'
import type { Caller } from '../auth/caller.js'
import type { ChangeTopic } from '../db/change-feed.js'
import type { AskedDiagnosis } from '../diagnosis/asked-diagnosis.js'
import type { StepReport } from '../diagnosis/diagnosis-report.js'
import type { MailboxChange } from '../message/mailbox.type.js'
import type { ReceiveRun } from '../receiving/receive-run.entity.js'
import type { Sending } from '../sending/sending.entity.js'

/** What a resolver knows of the request that it answers. */
export interface RequestContext {
  readonly user: Caller | undefined
  /** The caller as the one who makes changes. */
  readonly actor: Actor
  readonly language: Language
  /** The caller's network address, by which sign-ins are limited. */
  readonly address: string
  /** The token of the caller's cookie, whether or not it is a session's. */
  readonly sessionToken: string | undefined
  /** What the browser keeps while its person is at the provider of OpenID Connect. */
  readonly ticket: string | undefined
  /** The address by which people reach us, such as https://mail.example.jp, without a final slash. */
  readonly origin: string
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal
  /** Sets the session cookie, or removes it. */
  setSessionToken(token: string | undefined): void
  setTicket(ticket: string): void
  /** Yields once now and after each change; ends when the caller goes away or is no longer let. */
  changesOf(topic: ChangeTopic): AsyncIterable<null>
  /** Diagnoses for the caller and yields each step as it ends; whoever stops listening cancels it. */
  stepsOf(asked: AskedDiagnosis): Promise<AsyncIterable<StepReport>>
  /** A receiving within the caller's reach, now and after each change, until it is over. Throws NOT_FOUND. */
  progressOf(runId: string): Promise<AsyncIterable<ReceiveRun>>
  /** An account's sendings under way, and then each that changes. Throws NOT_FOUND. */
  sendingsOf(accountId: string): Promise<AsyncIterable<Sending>>
  /** The mail of an account within the caller's reach, now and after each change. Throws NOT_FOUND. */
  mailboxChangesOf(accountId: string): Promise<AsyncIterable<MailboxChange>>
}
