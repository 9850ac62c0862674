import {
  DiagnosisOutcome,
  DiagnosisProblem,
  DiagnosisSide,
  DiagnosisStepKind,
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
} from '@mailroom/shared'
import { SideDiagnosis } from '../diagnosis/side-diagnosis.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import { ImapSession } from '../transport/imap/imap-session.js'
import type { SessionOptions } from '../transport/mail-session.js'
import { Pop3Session } from '../transport/pop3/pop3-session.js'
import { createRedact } from '../transport/redact.js'
import type { Lookup } from '../transport/resolve-host.js'
import { SmtpSession } from '../transport/smtp/smtp-session.js'
import type { FoundEndpoint, Reach } from './candidate.js'
import { limitConcurrency } from '../limit-concurrency.js'

/** Each step of a connection; the whole is bounded by the caller's signal. */
const STEP_MS = 2_000
const PROBES_AT_ONCE = 12

export interface Probed extends Reach {
  /** Offered, as the server names them. */
  readonly authMethods: readonly string[]
}
/** Null: sending. */
export type Receives = MailProtocol | null

interface ProberOptions {
  readonly lookup: Lookup
  readonly extraCa: readonly string[]
  readonly policy: AddressPolicy
  readonly signal: AbortSignal
}

/** Connects without credentials, up to what the server offers; each endpoint once, a bounded number at a time. */
export class Prober {
  readonly #limited = limitConcurrency(PROBES_AT_ONCE)
  readonly #known = new Map<string, Promise<Probed>>()

  constructor(private readonly options: ProberOptions) {}

  probe(endpoint: FoundEndpoint, receives: Receives): Promise<Probed> {
    const { host, port, encryption } = endpoint
    const key = JSON.stringify([host, port, encryption, receives])
    const before = this.#known.get(key)
    if (before !== undefined) return before
    const probed = this.#limited(() => this.#connect(endpoint, receives))
    this.#known.set(key, probed)
    return probed
  }

  async #connect(endpoint: FoundEndpoint, receives: Receives): Promise<Probed> {
    const { host, port, encryption } = endpoint
    const { lookup, extraCa, policy, signal } = this.options
    const side = new SideDiagnosis(
      {
        side: receives === null ? DiagnosisSide.OUTGOING : DiagnosisSide.INCOMING,
        ...{ host, port, encryption, lookup, extraCa, policy },
        timeoutMs: STEP_MS,
        pinnedCertificate: null,
        redact: createRedact([]),
        signIn: undefined,
        sendsReadable: false,
        hasMailbox: false,
        createSession: (options) => sessionFor(receives, endpoint, options),
      },
      () => undefined,
      signal,
    )
    const { steps, authMethods } = await side.run()
    const problem = steps.find(({ outcome }) => outcome === DiagnosisOutcome.FAILED)?.problem
    const isReached = steps.some(
      ({ kind, outcome }) =>
        kind === DiagnosisStepKind.CAPABILITIES && outcome === DiagnosisOutcome.OK,
    )
    // Without a failed step, the time for all of them was over.
    return {
      isReached,
      problem: isReached ? null : (problem ?? DiagnosisProblem.TIMEOUT),
      authMethods,
    }
  }
}

function sessionFor(
  receives: Receives,
  { host, encryption }: FoundEndpoint,
  options: SessionOptions,
) {
  if (receives === null)
    return new SmtpSession({ ...options, authMethod: SmtpAuthMethod.NONE, host })
  const authMethod = IncomingAuthMethod.PASSWORD
  return receives === MailProtocol.POP3
    ? new Pop3Session({ ...options, apop: false, authMethod, host })
    : new ImapSession({
        ...options,
        startsTls: encryption === EncryptionMode.TLS,
        authMethod,
        host,
      })
}
