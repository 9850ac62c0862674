import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Logger } from '../logger.js'

/** What other processes are told about: whose cached answers are void. */
const TOPICS = [
  'mail-server',
  'mail-account',
  'session',
  'settings',
  'secret-key',
  'receive-run',
  'message',
  'sending',
] as const
export type ChangeTopic = (typeof TOPICS)[number]

const CHANNEL = 'mailroom_change'
/** The name of each process's listening connection begins so. */
export const FEED_NAME = 'mailroom-feed'
const RECONNECT_MS = 500
/** What is announced soon waits so long for more. */
const SOON_MS = 25

/** The statement that announces a change; in a transaction it goes out at COMMIT. */
export const ANNOUNCE_CHANGE = `SELECT pg_notify('${CHANNEL}', $1)`

/**
 * What changed in the database, in this or any other process, through LISTEN and NOTIFY.
 *
 * While the listening connection is down `isLive` is false: whoever keeps answers must not use them.
 * Once it is back every topic counts as changed, since announcements may have been missed.
 */
export class ChangeFeed {
  readonly #emitter = new EventEmitter()
  #client: pg.Client | undefined
  #isClosed = false
  #reconnect: NodeJS.Timeout | undefined
  #shown = ''
  readonly #soon = new Set<ChangeTopic>()
  #announcing: NodeJS.Timeout | undefined
  isLive = false

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {
    this.#emitter.setMaxListeners(0)
  }

  /** Opens the listening connection; rejects where the database cannot be reached. */
  async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: this.#name,
      keepAlive: true,
    })
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, undefined))
    client.on('notification', ({ payload }) => {
      const topic = TOPICS.find((known) => known === payload)
      if (topic !== undefined) this.emit(topic)
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
    } catch (error) {
      client.removeAllListeners('end')
      client.end().catch(() => undefined)
      throw error
    }
    if (this.#isClosed) return client.end()
    this.#client = client
    this.isLive = true
    void this.#announceWaiting()
    for (const topic of TOPICS) this.emit(topic)
  }

  /** Tells this process at once; the others hear from PostgreSQL. */
  emit(topic: ChangeTopic): void {
    this.#emitter.emit(topic)
  }

  /** Tells this process at once, and the others in a moment, however often it is asked until then. */
  announceSoon(topic: ChangeTopic): void {
    this.emit(topic)
    this.#soon.add(topic)
    this.#announcing ??= setTimeout(() => void this.#announceWaiting(), SOON_MS)
  }

  /** Calls `listener` at each change of the topic until the returned function is called. */
  on(topic: ChangeTopic, listener: () => void): () => void {
    this.#emitter.on(topic, listener)
    return () => this.#emitter.off(topic, listener)
  }

  /** Shows every process something short about this one, in the name of its connection. */
  showAs(text: string): void {
    if (text === this.#shown) return
    this.#shown = text
    this.#client
      ?.query("SELECT set_config('application_name', $1, false)", [this.#name])
      // Lost with its connection; the next one is opened under the new name.
      .catch(() => undefined)
  }

  get #name(): string {
    return `${FEED_NAME} ${this.#shown}`.trim()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.isLive = false
    clearTimeout(this.#reconnect)
    // An end in the midst of it would cut it off.
    await this.#announceWaiting()
    await this.#client?.end()
  }

  /** Without a connection they wait for the next one. */
  async #announceWaiting(): Promise<void> {
    clearTimeout(this.#announcing)
    this.#announcing = undefined
    if (this.#client === undefined || this.#soon.size === 0) return
    const topics = [...this.#soon]
    this.#soon.clear()
    await this.#client
      .query('SELECT pg_notify($1, topic) FROM unnest($2::text[]) AS topic', [CHANNEL, topics])
      .catch(() => topics.forEach((topic) => this.#soon.add(topic)))
  }

  #lost(client: pg.Client, error: Error | undefined): void {
    if (this.#isClosed || client !== this.#client) return
    this.#client = undefined
    this.isLive = false
    this.logger.warn({ err: error }, 'change feed lost its connection; reconnecting')
    client.end().catch(() => undefined)
    this.#retry()
  }

  #retry(): void {
    this.#reconnect = setTimeout(() => {
      this.open().then(
        () => this.logger.info('change feed is back'),
        () => {
          if (!this.#isClosed) this.#retry()
        },
      )
    }, RECONNECT_MS)
  }
}
