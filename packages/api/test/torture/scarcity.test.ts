import { BYTES_PER_MIB, SETTINGS_DEFAULTS } from '@mailroom/shared'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAccount } from '../support/accounts-kit.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { receive } from '../support/receiving-kit.js'
import { changeSettings } from '../support/settings-kit.js'
import { FakeMailbox, messageSource } from '../support/torture/fake-mailbox.js'
import { FakePop3 } from '../support/torture/fake-pop3.js'
import { faultAt } from '../support/torture/fault.js'
import { isThorough } from '../support/torture/thorough.js'
import { TortureWorld } from '../support/torture/torture-world.js'
import { WorkerProcess } from '../support/torture/worker-process.js'

/** Workers that have little of what they need. */
let world: TortureWorld
let worker: WorkerProcess | undefined
beforeAll(async () => {
  world = await TortureWorld.start('api')
})
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})
afterAll(() => world.close())

// Made before anything else, which would have to wait for it.
const LARGE = messageSource('large', SETTINGS_DEFAULTS.messageSizeLimitMib * BYTES_PER_MIB - 100)
const TOO_LARGE = messageSource('too-large', 100_000_000)

describe('D-13 with a heap of 256 MiB', () => {
  it('receives and reads what is just within the limit, and leaves 100 MB where they are', async () => {
    worker = new WorkerProcess(world.database.url, { NODE_OPTIONS: '--max-old-space-size=256' })
    await worker.start()
    const boxes = await Promise.all([world.pop3(), world.imap()])
    for (const { mailbox } of boxes) {
      mailbox.deliver(2)
      mailbox.put('large', LARGE)
      mailbox.put('too-large', TOO_LARGE)
      mailbox.deliver(2)
    }
    const runs = await Promise.all(boxes.map(({ account }) => receive(world.admin, account.id)))
    for (const run of runs) {
      expect(run).toMatchObject({ state: 'DONE', found: 6, stored: 5, tooLarge: 1, failed: 0 })
    }
    for (const { mailbox, tooEarly } of boxes) {
      expect(mailbox.ids).toEqual(['too-large'])
      expect(tooEarly).toEqual([])
    }
    const unread = () =>
      world.database.rows(`SELECT parse_state FROM message WHERE parse_state <> 'PARSED'`)
    await expect.poll(unread, { timeout: 60_000 }).toEqual([])
    expect(worker.isRunning).toBe(true)
  })

  it('outlives a server that gives 100 MB where it has listed little', async () => {
    worker = new WorkerProcess(world.database.url, { NODE_OPTIONS: '--max-old-space-size=256' })
    await worker.start()
    const [pop3, imap] = await Promise.all([world.pop3(), world.imap()])
    for (const { mailbox } of [pop3, imap]) {
      mailbox.put('too-large', TOO_LARGE)
      mailbox.deliver(2)
    }
    pop3.server.hook = faultAt({ verb: 'LIST' }, { say: '+OK\r\n1 300\r\n2 300\r\n3 300\r\n.\r\n' })
    imap.server.belittles = true
    for (const { account, mailbox } of [pop3, imap]) {
      expect(await receive(world.admin, account.id)).toMatchObject({
        ...{ state: 'DONE', stored: 2, tooLarge: 1 },
      })
      expect(mailbox.ids).toEqual(['too-large'])
    }
    expect(worker.isRunning).toBe(true)
  })
})

describe('D-15 with 256 files and sockets', () => {
  const SERVERS = 50
  const ACCOUNTS = isThorough ? 500 : 200

  it(`receives ${ACCOUNTS} accounts that are due`, async () => {
    const server = new FakePop3(new FakeMailbox())
    server.mailbox.deliver(1)
    // One server that answers at every address of the loopback network.
    const port = await server.start()
    try {
      const userId = world.adminId
      for (let n = 0; n < SERVERS; n++) {
        const side = { host: `127.0.1.${1 + n}`, encryption: 'NONE', timeoutSeconds: 60 }
        const { id } = await createMailServer(world.admin, {
          outgoing: { ...side, port: 25 },
          incoming: { ...side, port, protocol: 'POP3' },
        })
        const account = { incomingPassword: 'open-sesame-4711', leaveOnServer: true }
        const made = Array.from({ length: ACCOUNTS / SERVERS }, () =>
          createAccount(world.admin, userId, id, account),
        )
        await Promise.all(made)
      }
      await world.pool.query(
        `INSERT INTO account_receiving (account_id, next_at)
         SELECT mail_account.id, now() FROM mail_account
           JOIN mail_server ON mail_server.id = mail_server_id WHERE incoming_port = $1`,
        [port],
      )
      await changeSettings(world.admin, {
        receivesAutomatically: true,
        receiveIntervalMinutes: 1_440,
      })
      worker = new WorkerProcess(world.database.url, {}, 256)
      await worker.start()
      const done = async () => {
        const { rows } = await world.pool.query<{ problem: string | null; count: number }>(
          `SELECT problem, count(*)::int AS count FROM receive_run
           WHERE reason = 'SCHEDULE' AND state = 'DONE' AND stored = 1 GROUP BY problem`,
        )
        return rows
      }
      await expect
        .poll(done, { timeout: 120_000, interval: 500 })
        .toEqual([{ problem: null, count: ACCOUNTS }])
      expect(server.sessions).toBe(ACCOUNTS)
      // Eight at a time; of those that were left some may not have been seen to go.
      expect(server.mostConnections).toBeLessThanOrEqual(12)
      expect(worker.log).not.toMatch(/EMFILE|"level":"error"/)
    } finally {
      await server.stop()
    }
  })
})
