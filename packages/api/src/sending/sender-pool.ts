import type { Sender } from '../transport/sender.js'

/** Long enough for whoever sends a few in a row; servers wait for five minutes and count connections. */
const IDLE_MS = 3_000
/** Some servers hang up after so many. */
const MESSAGES_MAX = 100

/** To one mail server: those at work come on top. */
const IDLE_PER_HOST = 4

/** A connection, and how many messages went over it. */
export interface PooledSender {
  readonly sender: Sender
  readonly sent: number
}

interface Idle extends PooledSender {
  readonly key: string
  readonly host: string
  readonly timer: NodeJS.Timeout
}

/**
 * Connections that wait for the next message, by account and version of its settings: another
 * account's, or one from before a change, is never used.
 */
export class SenderPool {
  /** The longest idle first. */
  #idle: readonly Idle[] = []
  readonly #closing = new Set<Promise<void>>()
  #isClosed = false

  /** One that waits; undefined where there is none. */
  take(key: string): PooledSender | undefined {
    const idle = this.#idle.findLast((each) => each.key === key)
    if (idle !== undefined) this.#remove(idle)
    return idle
  }

  /** Keeps one to a host on which nothing failed for the next message, or closes it. */
  give(key: string, host: string, { sender, sent }: PooledSender): void {
    if (this.#isClosed || sent >= MESSAGES_MAX) return this.discard(sender)
    const timer = setTimeout(() => this.#expire(idle), IDLE_MS)
    const idle: Idle = { key, host, sender, sent, timer }
    this.#idle = [...this.#idle, idle]
    const there = this.#idle.filter((each) => each.host === host)
    if (there.length > IDLE_PER_HOST && there[0] !== undefined) this.#expire(there[0])
  }

  /** Closes one, without anybody waiting for it. */
  discard(sender: Sender): void {
    const closing = sender.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  /** Closes all, also those that are given back later. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const idle of this.#idle) this.#expire(idle)
    await Promise.all(this.#closing)
  }

  #expire(idle: Idle): void {
    this.#remove(idle)
    this.discard(idle.sender)
  }

  #remove(idle: Idle): void {
    clearTimeout(idle.timer)
    this.#idle = this.#idle.filter((each) => each !== idle)
  }
}
