import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/db/embedded-postgres.js'
import { createTestDatabase } from '../support/database.js'
import { LIST } from '../support/mail-servers-kit.js'
import { endOf, receive, startReceiving } from '../support/receiving-kit.js'
import { meanwhile, type Place } from '../support/torture/fault.js'
import { startPostgresProxy, storesMail } from '../support/torture/postgres-proxy.js'
import { NO_FAULTS, TortureWorld, type TortureBox } from '../support/torture/torture-world.js'
import { WorkerProcess } from '../support/torture/worker-process.js'

/** A database that fails while mail is received. */
const protocols = ['POP3', 'IMAP4'] as const

const fetchOf = (protocol: 'POP3' | 'IMAP4'): Place =>
  protocol === 'POP3' ? { verb: 'RETR', nth: 3 } : { verb: 'UID FETCH', argument: /BODY/ }

describe('in the same process', () => {
  let world: TortureWorld
  beforeAll(async () => {
    world = await TortureWorld.start('all')
  })
  afterAll(() => world.close())

  /** Refuses what is stored, as PostgreSQL says it: at the INSERT, or not before the COMMIT. */
  async function refuse(code: string, at: 'INSERT' | 'COMMIT', times = 1_000_000): Promise<void> {
    await world.pool.query(`CREATE SEQUENCE refused`)
    await world.pool.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('refused') <= ${times} THEN RAISE EXCEPTION 'refused' USING ERRCODE = '${code}'; END IF;
         RETURN NULL; END $$`,
    )
    await world.pool.query(
      `CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON message_source_part
         DEFERRABLE INITIALLY ${at === 'COMMIT' ? 'DEFERRED' : 'IMMEDIATE'}
         FOR EACH ROW EXECUTE FUNCTION refuse()`,
    )
  }
  const accept = () =>
    world.pool.query('DROP FUNCTION IF EXISTS refuse CASCADE; DROP SEQUENCE IF EXISTS refused')

  it.each([
    { what: 'D-8 a full disk', code: '53100', at: 'INSERT', problem: 'STORAGE_FULL' },
    { what: 'B-5 a full disk', code: '53100', at: 'COMMIT', problem: 'STORAGE_FULL' },
    { what: 'B-5 a conflict', code: '40001', at: 'COMMIT', problem: 'STORAGE_UNAVAILABLE' },
  ] as const)('$what at $at keeps the mail at its server', async ({ code, at, problem }) => {
    const boxes = await Promise.all(protocols.map((protocol) => world.box(protocol)))
    for (const { mailbox } of boxes) mailbox.deliver(4)
    await refuse(code, at)
    try {
      for (const { account, mailbox, server } of boxes) {
        expect(await receive(world.admin, account.id)).toMatchObject({
          ...{ state: 'FAILED', stored: 0, failed: 4, problem },
        })
        expect(mailbox.ids).toHaveLength(4)
        expect(mailbox.unread).toHaveLength(4)
        expect(server.heard.join('\n')).not.toMatch(/DELE|STORE|EXPUNGE/)
      }
    } finally {
      await accept()
    }
    for (const box of boxes) {
      expect(await receive(world.admin, box.account.id)).toMatchObject({ state: 'DONE', stored: 4 })
      expect(await box.faults()).toEqual(NO_FAULTS)
      expect(box.mailbox.ids).toEqual([])
    }
  })

  it.each(['40001', '40P01'])('D-7 tries again after %s', async (code) => {
    const box = await world.pop3()
    box.mailbox.deliver(4)
    await refuse(code, 'COMMIT', 2)
    try {
      expect(await receive(world.admin, box.account.id)).toMatchObject({
        ...{ state: 'DONE', stored: 4, problem: null },
      })
    } finally {
      await accept()
    }
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('D-3 goes on where its connections are ended, idle or not', async () => {
    const end = () =>
      world.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
    for (const protocol of protocols) {
      const box = await world.box(protocol)
      box.mailbox.deliver(5)
      box.server.hook = meanwhile(fetchOf(protocol), end)
      const { id } = await startReceiving(world.admin, box.account.id)
      // Whoever asks at that very moment may be answered that something went wrong.
      const ended = () => endOf(world.admin, id).catch(() => undefined)
      await expect.poll(ended).toMatchObject({ state: 'DONE', stored: 5 })
      const again = () => receive(world.admin, box.account.id).catch(() => undefined)
      await expect.poll(again).toMatchObject({ state: 'DONE', stored: 0 })
      expect(await box.faults()).toEqual(NO_FAULTS)
    }
    await end()
    await expect.poll(() => world.admin.ask(LIST).catch(() => undefined)).toBeDefined()
  })

  it('D-5 holds no connection to the database while servers are slow', async () => {
    let released: () => void = () => undefined
    const release = new Promise<void>((resolve) => (released = resolve))
    const boxes: TortureBox[] = []
    for (let n = 0; n < 20; n++) boxes.push(await world.pop3({ host: `127.0.0.${2 + (n % 5)}` }))
    let waiting = 0
    for (const box of boxes) {
      box.mailbox.deliver(2)
      box.server.hook = meanwhile({ verb: 'RETR' }, () => {
        waiting += 1
        return release
      })
    }
    const runs = await Promise.all(
      boxes.map(({ account }) => startReceiving(world.admin, account.id)),
    )
    await expect.poll(() => waiting).toBe(8)
    const idle = async () => {
      const { rows } = await world.pool.query<{ query: string }>(
        `SELECT query FROM pg_stat_activity
         WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      )
      return rows
    }
    // Others' transactions are between two statements for a moment; these servers wait for us.
    await expect.poll(idle).toEqual([])
    await Promise.all(Array.from({ length: 50 }, () => world.admin.ask(LIST)))
    released()
    for (const { id } of runs) expect(await endOf(world.admin, id)).toMatchObject({ state: 'DONE' })
    for (const box of boxes) expect(await box.faults()).toEqual(NO_FAULTS)
  })
})

describe('D-1 PostgreSQL ends at once and starts again', () => {
  let dataDir: string
  let postgres: EmbeddedPostgres
  let world: TortureWorld
  let worker: WorkerProcess
  let proxy: Awaited<ReturnType<typeof startPostgresProxy>>
  let restarted = Promise.resolve()
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mailroom-torture-'))
    await chmod(dataDir, 0o755)
    postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
    const database = await createTestDatabase({ isEmpty: true, serverUrl: postgres.url })
    proxy = await startPostgresProxy(database.url)
    world = await TortureWorld.start('api', { database })
    worker = new WorkerProcess(proxy.url)
    await worker.start()
  })
  afterAll(async () => {
    await worker.stop()
    await world.close()
    await proxy.stop()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** As `pg_ctl restart -m immediate` does. */
  function restart(): Promise<void> {
    restarted = (async () => {
      const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
      process.kill(Number(file.split('\n')[0]), 'SIGQUIT')
      await postgres.restart()
    })()
    return restarted
  }

  async function expectWhole(box: TortureBox, runId: string, count: number): Promise<void> {
    // The API answers with an error meanwhile.
    await restarted
    // Either the run has outlived it, or the next one gets the rest.
    await endOf(world.admin, runId)
    expect(await receive(world.admin, box.account.id)).toMatchObject({
      state: 'DONE',
      problem: null,
    })
    expect(await box.faults()).toEqual(NO_FAULTS)
    expect(box.mailbox.ids).toHaveLength(box.leaves ? count : 0)
    expect(worker.isRunning).toBe(true)
  }

  it('while messages are fetched, with some of them stored', async () => {
    const boxes = [await world.pop3(), await world.imap({ leaveOnServer: true })]
    for (const { mailbox } of boxes) mailbox.deliver(150)
    const reached = new Promise<void>((resolve) => {
      for (const { server } of boxes) {
        server.hook = meanwhile({ verb: 'RETR', nth: 130 }, () => {
          resolve()
          return restart()
        })
      }
    })
    const runs: string[] = []
    for (const { account } of boxes) runs.push((await startReceiving(world.admin, account.id)).id)
    await reached
    for (const [n, box] of boxes.entries()) await expectWhole(box, runs[n] ?? '', 150)
  })

  it.each(['SENT', 'DONE'] as const)('with a COMMIT %s', async (at) => {
    const boxes = [await world.pop3(), await world.imap()]
    for (const { mailbox } of boxes) mailbox.deliver(5)
    let isDone = false
    let startAll: () => void = () => undefined
    const allStarted = new Promise<void>((resolve) => (startAll = resolve))
    const reached = new Promise<void>((resolve) => {
      proxy.hook = async (moment): Promise<'PASS' | 'DROP'> => {
        if (isDone || !storesMail(moment) || moment.at !== at) return 'PASS'
        isDone = true
        await allStarted
        resolve()
        await restart()
        return 'DROP'
      }
    })
    const runs: string[] = []
    for (const { account } of boxes) runs.push((await startReceiving(world.admin, account.id)).id)
    startAll()
    await reached
    for (const [n, box] of boxes.entries()) await expectWhole(box, runs[n] ?? '', 5)
    proxy.hook = undefined
  })
})
