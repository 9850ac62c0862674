import { DiagnosisProblem } from '@mailroom/shared'
import type {
  AccountConnection,
  AccountConnectionService,
} from '../account/account-connection.service.js'
import { incomingSignIn, outgoingSignIn } from '../connection/account-sign-in.js'
import { endpointOf, mailboxTarget } from '../connection/mailbox-target.js'
import type { ChangeFeed } from '../db/change-feed.js'
import type { TokenSource } from '../oauth/token-source.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import type { Sender } from '../transport/sender.js'
import { openSmtpSender } from '../transport/smtp/smtp-sender.js'
import { SmtpSession } from '../transport/smtp/smtp-session.js'
import { TransportError } from '../transport/transport-error.js'
import { PopSignIns } from './pop-sign-ins.js'
import { NotSent } from './send-failure.js'

interface OpenerParts {
  readonly connections: AccountConnectionService
  readonly tokens: TokenSource
  readonly policy: AddressPolicy
  readonly changes: ChangeFeed
}

/** An account's way out as its settings are now; they hold for as long as this is used. */
export interface Outgoing {
  /** Of the account and the versions of its settings. */
  readonly key: string
  readonly host: string
  readonly usesPopBeforeSmtp: boolean
  /** Signs in; each call is a new connection. Throws a TransportError. */
  open(signal: AbortSignal): Promise<OpenedSender>
}

interface OpenedSender {
  readonly sender: Sender
  /** Whether the sign-in by POP, where one is asked for, was made for this connection. */
  readonly isFresh: boolean
}

/** After a sign-in that was refused the same one is not tried for so long: servers lock accounts. */
const REFUSED_MS = 20_000
const REFUSED: ReadonlySet<DiagnosisProblem> = new Set([
  DiagnosisProblem.AUTH_REJECTED,
  DiagnosisProblem.APP_PASSWORD_REQUIRED,
  DiagnosisProblem.OAUTH_REQUIRED,
  DiagnosisProblem.OAUTH_TOKEN_REJECTED,
  DiagnosisProblem.POP_BEFORE_SMTP_FAILED,
])

/** What makes another way out of an account's; each is announced at its COMMIT. */
const TOPICS = ['mail-account', 'mail-server', 'session', 'settings', 'secret-key'] as const
/** Passwords are not kept for longer than a few messages take. */
const KEPT_MS = 5_000

interface Refusal {
  readonly error: TransportError
  readonly endsMs: number
}

/** Opens connections that send for accounts. */
export class OutgoingOpener {
  readonly #popSignIns = new PopSignIns()
  readonly #refusals = new Map<string, Refusal>()

  readonly #kept = new Map<string, Outgoing>()
  /** How often something was announced. */
  #changed = 0

  constructor(private readonly parts: OpenerParts) {
    for (const topic of TOPICS) {
      parts.changes.on(topic, () => {
        this.#changed += 1
        this.#kept.clear()
      })
    }
  }

  /**
   * As it is now: read again after any change, so that nothing is sent by settings that are gone.
   * Throws NotSent where nothing is sent for the account, and NOT_FOUND where it is gone.
   */
  async outgoingOf(accountId: string): Promise<Outgoing> {
    const { changes } = this.parts
    const kept = changes.isLive ? this.#kept.get(accountId) : undefined
    if (kept !== undefined) return kept
    const changed = this.#changed
    const outgoing = await this.#read(accountId)
    if (changes.isLive && changed === this.#changed) {
      this.#kept.set(accountId, outgoing)
      setTimeout(() => this.#kept.delete(accountId), KEPT_MS).unref()
    }
    return outgoing
  }

  async #read(accountId: string): Promise<Outgoing> {
    const connection = await this.parts.connections.connectionOf({ userId: undefined }, accountId)
    if ('problem' in connection) throw new NotSent(connection.problem)
    const { account, server } = connection
    const key = [account.id, account.version, server.id, server.version].join(' ')
    return {
      key,
      host: server.outgoing.host,
      usesPopBeforeSmtp: server.outgoing.popBeforeSmtp,
      open: async (signal) => {
        this.#refuseRefused(key)
        try {
          return await this.#open(key, connection, signal)
        } catch (error) {
          this.#noteRefusal(key, error)
          throw error
        }
      },
    }
  }

  /** The sign-in by POP seems not to count any more. */
  forgetPopSignIn(key: string): void {
    this.#popSignIns.forget(key)
  }

  async #open(
    key: string,
    connection: AccountConnection,
    signal: AbortSignal,
  ): Promise<OpenedSender> {
    const { policy, tokens } = this.parts
    const { outgoing, incoming } = connection.server
    const { authMethod, host } = outgoing
    const credentials = await outgoingSignIn(connection, tokens, signal)
    const signedIn = outgoing.popBeforeSmtp
      ? await this.#popSignIns.require(
          key,
          async () =>
            mailboxTarget(incoming, await incomingSignIn(connection, tokens, signal), { policy }),
          outgoing.popBeforeSmtpWaitSeconds * 1_000,
          signal,
        )
      : undefined
    const sender = await openSmtpSender(
      {
        ...endpointOf(outgoing, { policy }),
        ...{ credentials, family: signedIn?.family },
        createSession: (options) => new SmtpSession({ ...options, authMethod, host }),
      },
      signal,
    )
    return { sender, isFresh: signedIn?.isFresh ?? true }
  }

  #refuseRefused(key: string): void {
    const nowMs = performance.now()
    for (const [other, { endsMs }] of this.#refusals) {
      if (endsMs < nowMs) this.#refusals.delete(other)
    }
    const refusal = this.#refusals.get(key)
    if (refusal !== undefined) throw refusal.error
  }

  #noteRefusal(key: string, error: unknown): void {
    if (!(error instanceof TransportError) || !REFUSED.has(error.problem)) return
    this.#refusals.set(key, { error, endsMs: performance.now() + REFUSED_MS })
  }
}
