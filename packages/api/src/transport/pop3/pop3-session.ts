import { DiagnosisProblem } from '@mailroom/shared'
import type { ReceivingSession, SessionOptions } from '../mail-session.js'
import type { Credentials } from '../redact.js'
import { TransportError } from '../transport-error.js'
import { authenticate, offeredMethods, type Pop3AuthChoice } from './pop3-authentication.js'
import { Pop3Exchange } from './pop3-exchange.js'
import { Pop3Maildrop } from './pop3-maildrop.js'
import { parseApopStamp, parseCapa } from './pop3-parser.js'
import { Pop3Refusal, sayStatus } from './pop3-refusal.js'

/** More than any server has; an endless list ends. */
const CAPA_LIMITS = { maxRows: 1_000, maxBytes: 64 * 1024 }

interface Pop3SessionOptions extends SessionOptions, Pop3AuthChoice {}

/** RFC 1939 section 3, and what comes after it. */
type Pop3State =
  | { readonly kind: 'GREETING' }
  /** The stamp counts after STLS as well: there is no second greeting (RFC 2595 section 4). */
  | { readonly kind: 'AUTHORIZATION'; readonly stamp: string | undefined }
  | { readonly kind: 'TRANSACTION'; readonly maildrop: Pop3Maildrop }

/** A POP3 session (RFC 1939) from the greeting to signing in; then its `maildrop` has the messages. */
export class Pop3Session implements ReceivingSession {
  readonly #exchange: Pop3Exchange
  readonly #choice: Pop3AuthChoice
  #state: Pop3State = { kind: 'GREETING' }
  /** Undefined where the server does not know CAPA (before RFC 2449). */
  #capabilities: ReadonlyMap<string, readonly string[]> | undefined

  constructor({ connection, redact, ...choice }: Pop3SessionOptions) {
    this.#exchange = new Pop3Exchange(connection, redact)
    this.#choice = choice
  }

  /** UPDATE while QUIT waits for its answer (RFC 1939 section 6); ENDED also after a failure. */
  get state(): Pop3State['kind'] | 'UPDATE' | 'ENDED' {
    if (this.#exchange.hasEnded) return 'ENDED'
    return this.#exchange.isQuitting ? 'UPDATE' : this.#state.kind
  }

  get authMethods(): readonly string[] {
    const stamp = this.#state.kind === 'AUTHORIZATION' ? this.#state.stamp : undefined
    return offeredMethods({ capabilities: this.#capabilities, stamp })
  }

  /** Capabilities by upper-case name with their parameters, such as EXPIRE and LOGIN-DELAY (RFC 2449 section 6). */
  get offered(): ReadonlyMap<string, readonly string[]> | undefined {
    return this.#capabilities
  }

  /** The messages; there are none to ask for before signing in, and asking is a mistake of the program. */
  get maildrop(): Pop3Maildrop {
    return this.#require('TRANSACTION').maildrop
  }

  get offersStartTls(): boolean | undefined {
    return this.#capabilities?.has('STLS')
  }

  async greeting(signal: AbortSignal): Promise<string> {
    this.#require('GREETING')
    const status = await this.#exchange.greeting(signal)
    if (!status.ok) throw this.#refusal(DiagnosisProblem.GREETING_REFUSED, status)
    this.#state = { kind: 'AUTHORIZATION', stamp: parseApopStamp(status.text) }
    return sayStatus(status, this.#exchange.show)
  }

  async capabilities(signal: AbortSignal): Promise<string> {
    this.#requireGreeted()
    const { status, rows } = await this.#exchange.listing('CAPA', CAPA_LIMITS, signal)
    this.#capabilities = status.ok ? parseCapa(rows) : undefined
    return status.ok
      ? this.#exchange.show(rows.join(' / '))
      : sayStatus(status, this.#exchange.show)
  }

  async startTls(signal: AbortSignal): Promise<void> {
    this.#require('AUTHORIZATION')
    // A server without CAPA may have STLS all the same: its answer tells.
    if (this.#capabilities !== undefined && !this.#capabilities.has('STLS')) {
      throw new TransportError(DiagnosisProblem.TLS_NOT_OFFERED)
    }
    const status = await this.#exchange.command('STLS', signal)
    if (!status.ok) {
      const problem =
        this.#capabilities === undefined
          ? DiagnosisProblem.TLS_NOT_OFFERED
          : DiagnosisProblem.TLS_FAILED
      throw this.#refusal(problem, status)
    }
    // Bytes behind the consent came before TLS and would be taken for protected ones (CVE-2021-38371's class).
    this.#exchange.requireSilence(DiagnosisProblem.TLS_FAILED, 'data after the consent to STLS')
    // RFC 2595 section 4: what was learned before TLS is forgotten.
    this.#capabilities = undefined
  }

  async authenticate(credentials: Credentials, signal: AbortSignal): Promise<string> {
    const { stamp } = this.#require('AUTHORIZATION')
    const offer = { capabilities: this.#capabilities, stamp }
    const said = await authenticate(this.#exchange, this.#choice, offer, credentials, signal)
    const canPipeline = this.#capabilities?.has('PIPELINING') ?? false
    this.#state = {
      kind: 'TRANSACTION',
      maildrop: new Pop3Maildrop({ exchange: this.#exchange, canPipeline }),
    }
    return said
  }

  async openMailbox(signal: AbortSignal): Promise<string> {
    const { count, bytes } = await this.maildrop.stat(signal)
    return `messages=${count}${bytes === undefined ? '' : ` bytes=${bytes}`}`
  }

  async quit(signal: AbortSignal): Promise<void> {
    this.#requireGreeted()
    await this.#exchange.quit(signal)
  }

  #requireGreeted(): void {
    if (this.#state.kind === 'GREETING') throw new Error('a POP3 command before the greeting')
  }

  #require<K extends Pop3State['kind']>(kind: K): Extract<Pop3State, { kind: K }> {
    const state = this.#state
    if (!isState(state, kind)) throw new Error(`POP3 in ${state.kind} where it must be in ${kind}`)
    return state
  }

  #refusal(
    problem: DiagnosisProblem,
    status: { ok: boolean; code: string; text: string },
  ): Pop3Refusal {
    return new Pop3Refusal(problem, status, this.#exchange.show)
  }
}

function isState<K extends Pop3State['kind']>(
  state: Pop3State,
  kind: K,
): state is Extract<Pop3State, { kind: K }> {
  return state.kind === kind
}
