import { createHash } from 'node:crypto'
import { chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestClient } from './api.js'
import type { TestDatabase } from './database.js'
import type { MailServersFixture } from './mail-servers/start-mail-servers.js'

/** A receiving as the tests read it. */
export interface ReadRun {
  id: string
  state: string
  found: number | null
  stored: number
  alreadyHad: number
  failed: number
  tooLarge: number
  problem: string | null
  detail: string | null
}

const RUN_FIELDS = 'id state found stored alreadyHad failed tooLarge problem detail'
const RECEIVE = `mutation ($accountId: ID!) { receiveMail(accountId: $accountId) { ${RUN_FIELDS} } }`
const RUN = `query ($id: ID!) { receiveRun(id: $id) { ${RUN_FIELDS} } }`
export const CANCEL = `mutation ($id: ID!) { cancelReceiving(runId: $id) { ${RUN_FIELDS} } }`

const WAIT_MS = 60_000
const MAIL_UID = 5_000

export async function startReceiving(client: TestClient, accountId: string): Promise<ReadRun> {
  return (await client.ask<{ receiveMail: ReadRun }>(RECEIVE, { accountId })).receiveMail
}

async function readRun(client: TestClient, id: string): Promise<ReadRun> {
  const { receiveRun } = await client.ask<{ receiveRun: ReadRun | null }>(RUN, { id })
  if (receiveRun === null) throw new Error('the run is gone')
  return receiveRun
}

/** Waits until the run is over. */
export async function endOf(client: TestClient, id: string): Promise<ReadRun> {
  const untilMs = performance.now() + WAIT_MS
  for (;;) {
    const run = await readRun(client, id)
    if (run.state === 'DONE' || run.state === 'FAILED') return run
    if (performance.now() > untilMs) throw new Error(`still ${JSON.stringify(run)}`)
    await sleep(50)
  }
}

/** Receives once, to the end. */
export async function receive(client: TestClient, accountId: string): Promise<ReadRun> {
  return endOf(client, (await startReceiving(client, accountId)).id)
}

/** Whether the figures of a run that is over add up. */
export const addsUp = ({ found, stored, alreadyHad, failed, tooLarge }: ReadRun) =>
  (found ?? 0) === stored + alreadyHad + failed + tooLarge

/** A mailbox of the fixture that tests fill and look into as its server does. */
export class TestMailbox {
  #made = 0

  constructor(
    private readonly mail: MailServersFixture,
    private readonly name: string,
  ) {}

  get #folder(): string {
    return join(dirname(this.mail.caFile), 'mail', this.name)
  }

  /** Puts messages into the INBOX as another program would; their sources. */
  async deliver(sources: readonly (string | Buffer)[]): Promise<void> {
    for (const folder of ['', 'new', 'cur', 'tmp']) {
      await mkdir(join(this.#folder, folder), { recursive: true })
      await chown(join(this.#folder, folder), MAIL_UID, MAIL_UID)
    }
    for (const source of sources) {
      this.#made += 1
      const number = String(this.#made).padStart(6, '0')
      const path = join(this.#folder, 'new', `1764000100.M${number}P${process.pid}.x`)
      await writeFile(path, source)
      await chown(path, MAIL_UID, MAIL_UID)
    }
  }

  /** How many messages there are. */
  async count(): Promise<number> {
    return (await this.#files()).length
  }

  /** How many of them bear the mark of having been read. */
  async seen(): Promise<number> {
    return (await this.#files()).filter((file) => /:2,[A-Z]*S/.test(file)).length
  }

  /** SHA-256 of each, sorted. */
  async hashes(): Promise<string[]> {
    const files = await this.#files()
    return (await Promise.all(files.map((file) => readFile(join(this.#folder, file)))))
      .map(hashOf)
      .sort()
  }

  async #files(): Promise<string[]> {
    const lists = await Promise.all(
      ['new', 'cur'].map(async (folder) =>
        (await readdir(join(this.#folder, folder)).catch(() => [])).map((file) =>
          join(folder, file),
        ),
      ),
    )
    return lists.flat()
  }
}

export const hashOf = (source: Buffer | string) => createHash('sha256').update(source).digest('hex')

/** SHA-256 of each stored source of an account, sorted; computed from the bytes themselves. */
export async function storedHashes(database: TestDatabase, accountId: string): Promise<string[]> {
  const rows = await database.rows(
    `SELECT string_agg(bytes, '' ORDER BY part) AS source
     FROM message JOIN message_source_part ON message_source_part.message_id = message.id
     WHERE account_id = '${accountId}' GROUP BY message.id`,
  )
  return rows.map(({ source }) => (Buffer.isBuffer(source) ? hashOf(source) : '')).sort()
}

/** Messages that differ, with CRLF ends as they go over the wire. */
export function sampleMessages(count: number, mark = 'a'): string[] {
  return Array.from(
    { length: count },
    (_, n) =>
      `From: sender@mail.test\r\nSubject: ${mark} ${n}\r\nX-Torture-Id: ${mark}-${n}\r\n\r\n` +
      `.dot at the line's start\r\n${'x'.repeat((n * 37) % 2_000)}\r\n`,
  )
}
