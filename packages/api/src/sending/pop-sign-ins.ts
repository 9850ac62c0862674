import { setTimeout as sleep } from 'node:timers/promises'
import { openSession, type OpenedSession } from '../transport/open-session.js'
import type { MailSession } from '../transport/mail-session.js'
import type { MailboxTarget } from '../connection/mailbox-target.js'
import { sayGoodbye } from '../transport/say-goodbye.js'
import type { Family } from '../transport/session-opener.js'
import { TransportError } from '../transport/transport-error.js'
import { PopBeforeSmtpError } from './send-failure.js'

/** Servers know an address for ten minutes and more after a sign-in; within this one none repeats it. */
const WINDOW_MS = 60_000

interface PopSignIn {
  readonly done: Promise<Family>
  endsMs: number
}

/** A sign-in that holds, and whether it was made for whoever asks. */
export interface HeldSignIn {
  /** Which the connection that sends has to be of: the server knows an address. */
  readonly family: Family
  readonly isFresh: boolean
}

/** Signing in to the incoming side before sending, once for all messages of a while. */
export class PopSignIns {
  readonly #held = new Map<string, PopSignIn>()

  /**
   * @param key of the account and its settings
   * @param waitMs what the server takes to know of it
   * Throws PopBeforeSmtpError.
   */
  async require(
    key: string,
    mailbox: () => Promise<MailboxTarget>,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<HeldSignIn> {
    const nowMs = performance.now()
    for (const [other, { endsMs }] of this.#held) if (endsMs < nowMs) this.#held.delete(other)
    const held = this.#held.get(key)
    if (held !== undefined) return { family: await held.done, isFresh: false }
    const signIn: PopSignIn = { done: signInOnce(mailbox, waitMs, signal), endsMs: Infinity }
    this.#held.set(key, signIn)
    try {
      const family = await signIn.done
      signIn.endsMs = performance.now() + WINDOW_MS
      return { family, isFresh: true }
    } catch (error) {
      this.#held.delete(key)
      throw error
    }
  }

  /** The server seems to have forgotten it. */
  forget(key: string): void {
    this.#held.delete(key)
  }
}

async function signInOnce(
  mailbox: () => Promise<MailboxTarget>,
  waitMs: number,
  signal: AbortSignal,
): Promise<Family> {
  try {
    const { target } = await mailbox()
    const opened: OpenedSession<MailSession> = await openSession<MailSession>(target, signal)
    // Signed in is signed in, whatever becomes of the goodbye.
    await sayGoodbye((at) => opened.session.quit(at), { timeoutMs: target.timeoutMs })
    opened.connection.destroy()
    // With the reason of whoever ends it, not with the sleep's own.
    await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    return opened.family
  } catch (error) {
    if (error instanceof TransportError) throw new PopBeforeSmtpError(error)
    throw error
  }
}
