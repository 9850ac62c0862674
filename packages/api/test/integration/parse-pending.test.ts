import { ParseProblem } from '@mailroom/shared'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { ChangeFeed } from '../../src/db/change-feed.js'
import { createDataSource } from '../../src/db/data-source.js'
import { createLogger } from '../../src/logger.js'
import { ParsePending } from '../../src/message/parse-pending.js'
import { PostgresSourceStore } from '../../src/message/message-source-store.js'
import { parseSource } from '../../src/parsing/parse-source.js'
import type { ParseOutcome } from '../../src/parsing/parsed-message.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

/** How messages that were stored come to be read. */
let database: TestDatabase
let dataSource: ReturnType<typeof createDataSource>
const running: ParsePending[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  dataSource = await createDataSource(database.url).initialize()
})
beforeEach(() => dataSource.query('DELETE FROM message'))
afterEach(() => Promise.all(running.splice(0).map((each) => each.stop())))
afterAll(async () => {
  await dataSource.destroy()
  await database.drop()
})

const logger = createLogger('fatal')
const sources = () => new PostgresSourceStore(dataSource)
const POISON = 'poison'
/** What happens to the message of that subject. */
type Poison = (source: Buffer) => Promise<ParseOutcome>

function start(poison: Poison): ParsePending {
  const parse = async (source: Buffer): Promise<ParseOutcome> =>
    source.includes(POISON) ? poison(source) : { ok: true, message: await parseSource(source) }
  const pending = new ParsePending({
    ...{ dataSource, sources: sources(), parser: { parse } },
    changes: new ChangeFeed(database.url, logger),
    isReceiving: () => false,
    logger,
  })
  running.push(pending)
  pending.start()
  return pending
}

/** Stores one message for each subject. */
async function store(...subjects: string[]): Promise<void> {
  for (const subject of subjects) {
    await dataSource.transaction(async (manager) => {
      const [row]: { id: string }[] = await manager.query(
        `INSERT INTO message (account_id, folder, size_bytes, sha256)
         VALUES (uuidv7(), 'INBOX', 1, sha256($1)) RETURNING id`,
        [Buffer.from(subject)],
      )
      const source = Buffer.from(`Subject: ${subject}\r\n\r\ntext of ${subject}\r\n`)
      await sources().put(manager, [{ messageId: row?.id ?? '', source }])
    })
  }
}

const subjects = (count: number) => Array.from({ length: count }, (_, n) => `m${n}`)
const states = async () => {
  const rows: { state: string; attempts: number; count: number }[] = await dataSource.query(
    `SELECT parse_state AS state, parse_attempts AS attempts, count(*)::int AS count
     FROM message GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  return rows.map(({ state, attempts, count }) => `${count} ${state} after ${attempts}`)
}
/** As time does for a process that has died. */
const endClaims = () =>
  dataSource.query(
    `UPDATE message SET parse_claimed_until = now() - interval '1 s' WHERE parse_state = 'PENDING'`,
  )

it('reads all of them, each with its own text', async () => {
  await store(...subjects(150))
  start(() => Promise.reject(new Error('there is none')))
  await expect.poll(states).toEqual(['150 PARSED after 0'])
  const rows: { subject: string; text: string }[] = await dataSource.query(
    'SELECT subject, text FROM message JOIN message_content ON message_content.message_id = message.id',
  )
  expect(rows).toHaveLength(150)
  for (const { subject, text } of rows) expect(text.trim()).toBe(`text of ${subject}`)
})

it('one that takes its time holds up no other', async () => {
  await store(POISON, ...subjects(40))
  let end: () => void = () => undefined
  const problem = ParseProblem.PARSE_TIMEOUT
  start(() => new Promise((resolve) => (end = () => resolve({ ok: false, problem, detail: '' }))))
  await expect.poll(states).toEqual(['40 PARSED after 0', '1 PENDING after 0'])
  end()
  await expect.poll(states).toEqual(['1 FAILED after 0', '40 PARSED after 0'])
})

it('one that cannot be saved keeps none of those saved with it', async () => {
  await store(...subjects(5), POISON, 'last')
  start(async (source) => {
    const message = await parseSource(source)
    return { ok: true, message: { ...message, subject: 'not for PostgreSQL: \0' } }
  })
  await expect.poll(states).toEqual(['1 FAILED after 0', '6 PARSED after 0'])
})

it('one that takes its process down costs no other a try, and is given up after three', async () => {
  await store('a', POISON, ...subjects(20))
  // A process that dies has neither saved nor given back anything: it goes no further.
  const never = new Promise<never>(() => undefined)
  const [first] = await dataSource.query<{ id: string }[]>('SELECT id FROM message ORDER BY id')
  await dataSource.query(
    `UPDATE message SET parse_claimed_until = now() + interval '10 s' WHERE id >= $1`,
    [first?.id],
  )
  await endClaims()
  for (let tries = 1; tries <= 3; tries++) {
    let reach: () => void = () => undefined
    const reached = new Promise<void>((resolve) => (reach = resolve))
    const dying = start(() => {
      reach()
      return never
    })
    running.splice(running.indexOf(dying), 1)
    await reached
    // Those that have been tried less often come first.
    if (tries > 1) {
      await expect.poll(states).toEqual(['21 PARSED after 1', `1 PENDING after ${tries}`])
    }
    await endClaims()
  }
  start(() => never)
  await expect.poll(states).toEqual(['21 PARSED after 1', '1 FAILED after 4'].sort())
})
