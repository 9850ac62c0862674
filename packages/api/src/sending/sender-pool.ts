import type { Sender } from '../transport/sender.js'

/** Long enough for whoever sends a few in a row; servers wait for five minutes and count connections. */
const IDLE_MS = 3_000
/** Some servers hang up after so many. */
const MESSAGES_MAX = 100

/** A connection, and how many messages went over it. */
export interface PooledSender {
  readonly sender: Sender
  readonly sent: number
}

interface Idle extends PooledSender {
  readonly timer: NodeJS.Timeout
}

/**
 * Connections that wait for the next message, by account and version of its settings: another
 * account's, or one from before a change, is never used.
 */
export class SenderPool {
  readonly #idle = new Map<string, Idle[]>()
  readonly #closing = new Set<Promise<void>>()
  #isClosed = false

  /** One that waits; undefined where there is none. */
  take(key: string): PooledSender | undefined {
    const waiting = this.#idle.get(key)
    const idle = waiting?.pop()
    if (waiting?.length === 0) this.#idle.delete(key)
    clearTimeout(idle?.timer)
    return idle
  }

  /** Keeps one on which nothing failed for the next message, or closes it. */
  give(key: string, { sender, sent }: PooledSender): void {
    if (this.#isClosed || sent >= MESSAGES_MAX) return this.discard(sender)
    const timer = setTimeout(() => this.#expire(key, sender), IDLE_MS)
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), { sender, sent, timer }])
  }

  /** Closes one, without anybody waiting for it. */
  discard(sender: Sender): void {
    const closing = sender.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  /** Closes all, also those that are given back later. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const { sender, timer } of [...this.#idle.values()].flat()) {
      clearTimeout(timer)
      this.discard(sender)
    }
    this.#idle.clear()
    await Promise.all(this.#closing)
  }

  #expire(key: string, sender: Sender): void {
    const rest = (this.#idle.get(key) ?? []).filter((each) => each.sender !== sender)
    if (rest.length === 0) this.#idle.delete(key)
    else this.#idle.set(key, rest)
    this.discard(sender)
  }
}
