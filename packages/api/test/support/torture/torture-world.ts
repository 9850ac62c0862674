import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createAccount, idOf, type ReadAccount } from '../accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../api.js'
import { createTestDatabase, type TestDatabase } from '../database.js'
import { createMailServer } from '../mail-servers-kit.js'
import { hashOf } from '../receiving-kit.js'
import { FakeImap } from './fake-imap.js'
import { FakeMailbox, tortureIdOf, type FakeMessage, type Irrevocable } from './fake-mailbox.js'
import { FakePop3 } from './fake-pop3.js'

export type Protocol = 'POP3' | 'IMAP4'

/** Longer than anything that a test waits for, so that no time-out of the product's mends a case. */
const PATIENT_SECONDS = 90

/** Well below the length of a lease: one that nobody gives up is seen. */
const SETTLE_MS = 100
const SETTLE_TRIES = 30

interface BoxOptions {
  readonly leaveOnServer?: boolean
  readonly timeoutSeconds?: number
  /** Of the loopback network; workers do a few runs at a host at once. */
  readonly host?: string
  /** Whose; the administrator's unless said. */
  readonly userId?: string
}

/** An account and the fake server where its mail lies. */
export class TortureBox<Server extends FakePop3 | FakeImap = FakePop3 | FakeImap> {
  /** What was marked or removed at the server before it was in the database. */
  readonly tooEarly: string[] = []
  /** SHA-256 of what has been seen in the database. */
  readonly #committed = new Set<string>()

  constructor(
    readonly server: Server,
    readonly account: ReadAccount,
    readonly mailServerId: string,
    readonly leaves: boolean,
    private readonly pool: pg.Pool,
  ) {
    server.mailbox.guard = (message, what) => this.#guard(message, what)
  }

  get mailbox(): FakeMailbox {
    return this.server.mailbox
  }

  /** As another session of the database sees it at this moment: committed, or not there. */
  async #guard({ id, source }: FakeMessage, what: Irrevocable): Promise<void> {
    const hash = hashOf(source)
    if (!this.#committed.has(hash)) await this.#look()
    if (!this.#committed.has(hash)) this.tooEarly.push(`${what} ${id}`)
  }

  async #look(): Promise<void> {
    const { rows } = await this.pool.query<{ sha256: Buffer }>(
      'SELECT sha256 FROM message WHERE account_id = $1',
      [this.account.id],
    )
    for (const { sha256 } of rows) this.#committed.add(sha256.toString('hex'))
  }

  /** The X-Torture-Ids of what is stored, each with its bytes. */
  async stored(): Promise<{ readonly id: string; readonly source: Buffer }[]> {
    const { rows } = await this.pool.query<{ source: Buffer }>(
      `SELECT string_agg(bytes, '' ORDER BY part) AS source
       FROM message JOIN message_source_part ON message_source_part.message_id = message.id
       WHERE account_id = $1 GROUP BY message.id ORDER BY message.id`,
      [this.account.id],
    )
    return rows.map(({ source }) => ({ id: tortureIdOf(source), source }))
  }

  /** What is wrong with the account, after its last run; see {@link Faults}. */
  async faults(): Promise<Faults> {
    const stored = await this.stored()
    const { delivered, ids } = this.mailbox
    const storedIds = stored.map(({ id }) => id)
    const here = new Set(storedIds)
    return {
      lost: [...delivered.keys()].filter((id) => !here.has(id) && !ids.includes(id)),
      missing: [...delivered.keys()].filter((id) => !here.has(id)),
      doubled: storedIds.filter((id, at) => storedIds.indexOf(id) !== at),
      altered: stored
        .filter(({ id, source }) => delivered.get(id)?.equals(source) !== true)
        .map(({ id }) => id),
      tooEarly: this.tooEarly,
      ...(await this.#settled()),
    }
  }

  /** A second job of a run holds the account for as long as it takes to see that there is nothing to do. */
  async #settled(): Promise<Pick<Faults, 'locked' | 'wrongFigures'>> {
    for (let tries = 0; tries < SETTLE_TRIES; tries++) {
      const locks = await this.#locks()
      if (locks.locked === 0) return locks
      await sleep(SETTLE_MS)
    }
    return this.#locks()
  }

  async #locks(): Promise<Pick<Faults, 'locked' | 'wrongFigures'>> {
    const { rows } = await this.pool.query<{ locked: number; wrong: number }>(
      `SELECT (SELECT count(*)::int FROM account_receiving
           WHERE account_id = $1 AND leased_until > clock_timestamp())
         + (SELECT count(*)::int FROM receive_run WHERE account_id = $1 AND ended_at IS NULL) AS locked,
         (SELECT count(*)::int FROM receive_run WHERE account_id = $1 AND ended_at IS NOT NULL
           AND coalesce(found, 0) <> stored + already_had + failed + too_large) AS wrong`,
      [this.account.id],
    )
    return { locked: rows[0]?.locked ?? -1, wrongFigures: rows[0]?.wrong ?? -1 }
  }
}

/** What must never be; ids are X-Torture-Ids. */
export interface Faults {
  /** Neither here nor at the server. */
  readonly lost: string[]
  /** Not here, though the last run went through. */
  readonly missing: string[]
  readonly doubled: string[]
  readonly altered: string[]
  /** Marked or removed at the server before the COMMIT. */
  readonly tooEarly: string[]
  /** Leases that hold, and runs that are not over. */
  readonly locked: number
  /** Runs whose figures do not add up. */
  readonly wrongFigures: number
}

export const NO_FAULTS: Faults = {
  lost: [],
  missing: [],
  doubled: [],
  altered: [],
  tooEarly: [],
  locked: 0,
  wrongFigures: 0,
}

/** A database, an API and any number of accounts at fake servers. */
export class TortureWorld {
  readonly boxes: TortureBox[] = []
  readonly pool: pg.Pool

  private constructor(
    readonly database: TestDatabase,
    readonly api: TestApi,
    readonly admin: TestClient,
    readonly adminId: string,
  ) {
    this.pool = new pg.Pool({ connectionString: database.url, max: 3 })
    this.pool.on('error', () => undefined)
  }

  /** With the role `all` the process of the test receives; otherwise workers have to be started. */
  static async start(
    role: 'api' | 'all',
    { database, apiUrl }: { database?: TestDatabase; apiUrl?: string } = {},
  ): Promise<TortureWorld> {
    const own = database ?? (await createTestDatabase())
    const api = await startApi(apiUrl ?? own.url, { MAILROOM_ROLE: role })
    const admin = await api.admin()
    return new TortureWorld(own, api, admin, await idOf(admin))
  }

  pop3(options: BoxOptions = {}): Promise<TortureBox<FakePop3>> {
    return this.#open(new FakePop3(new FakeMailbox()), 'POP3', options)
  }

  imap(options: BoxOptions = {}): Promise<TortureBox<FakeImap>> {
    return this.#open(new FakeImap(new FakeMailbox()), 'IMAP4', options)
  }

  box(protocol: Protocol, options: BoxOptions = {}): Promise<TortureBox> {
    return protocol === 'POP3' ? this.pop3(options) : this.imap(options)
  }

  async close(): Promise<void> {
    await this.api.close()
    await Promise.all(this.boxes.map(({ server }) => server.stop()))
    await this.pool.end()
    await this.database.drop()
  }

  async #open<Server extends FakePop3 | FakeImap>(
    server: Server,
    protocol: Protocol,
    options: BoxOptions,
  ): Promise<TortureBox<Server>> {
    const { leaveOnServer = false, timeoutSeconds = PATIENT_SECONDS, host = '127.0.0.1' } = options
    const side = { host, encryption: 'NONE', timeoutSeconds }
    const { id } = await createMailServer(this.admin, {
      outgoing: { ...side, port: 25 },
      incoming: { ...side, port: await server.start(), protocol },
    })
    const account = await createAccount(this.admin, options.userId ?? this.adminId, id, {
      incomingPassword: 'open-sesame-4711',
      leaveOnServer,
    })
    const box = new TortureBox(server, account, id, leaveOnServer, this.pool)
    this.boxes.push(box)
    return box
  }
}
