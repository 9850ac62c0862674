import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../support/database.js'
import { endOf, receive, startReceiving } from '../support/receiving-kit.js'
import {
  startPostgresProxy,
  storesMail,
  type PostgresProxy,
} from '../support/torture/postgres-proxy.js'
import { NO_FAULTS, TortureWorld, type TortureBox } from '../support/torture/torture-world.js'
import { WorkerProcess } from '../support/torture/worker-process.js'

/** The way of a COMMIT, seen and broken on the wire between a worker and PostgreSQL. */
let world: TortureWorld
let proxy: PostgresProxy
let worker: WorkerProcess
beforeAll(async () => {
  const database = await createTestDatabase()
  proxy = await startPostgresProxy(database.url)
  world = await TortureWorld.start('api', { database })
  worker = new WorkerProcess(proxy.url)
  await worker.start()
})
afterAll(async () => {
  await worker.stop()
  await world.close()
  await proxy.stop()
})

/** Over both protocols and in both modes, each with five messages. */
async function openBoxes(host = '127.0.0.1'): Promise<TortureBox[]> {
  const boxes = await Promise.all(
    (['POP3', 'IMAP4'] as const).flatMap((protocol) =>
      [true, false].map((leaveOnServer) => world.box(protocol, { leaveOnServer, host })),
    ),
  )
  for (const { mailbox } of boxes) mailbox.deliver(5)
  return boxes
}

/** And than a job without a heartbeat does. */
const LONGER_THAN_A_LEASE_MS = 13_000

const start = (boxes: readonly TortureBox[]) =>
  Promise.all(boxes.map(({ account }) => startReceiving(world.admin, account.id)))

async function expectWhole(boxes: readonly TortureBox[], runs: readonly { id: string }[]) {
  for (const [n, box] of boxes.entries()) {
    const run = await endOf(world.admin, runs[n]?.id ?? '')
    expect.soft(run).toMatchObject({ state: 'DONE', found: 5, stored: 5, problem: null })
    expect.soft(await receive(world.admin, box.account.id)).toMatchObject({ stored: 0 })
    expect.soft(await box.faults()).toEqual(NO_FAULTS)
    expect.soft(box.mailbox.ids).toHaveLength(box.leaves ? 5 : 0)
  }
}

it('GOAL-3 marks and removes only after the COMMIT was acknowledged', async () => {
  const boxes = await openBoxes()
  proxy.hook = async (moment): Promise<'PASS'> => {
    // Long enough for a worker that does not wait.
    if (storesMail(moment)) await sleep(300)
    return 'PASS'
  }
  const before = proxy.acknowledgedAt.length
  await expectWhole(boxes, await start(boxes))
  const acknowledged = proxy.acknowledgedAt.slice(before)
  const removals = boxes
    .flatMap(({ server }) => server.transcript)
    .filter(({ line }) => /^(DELE |\S+ UID STORE)/.test(line))
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  // The nth account cannot have been told of before the nth COMMIT of them all.
  expect(acknowledged.length).toBeGreaterThanOrEqual(4)
  expect(removals[0]).toBeGreaterThan(acknowledged[0] ?? Infinity)
})

it.each(['SENT', 'DONE'] as const)(
  'A-5 asks anew where the connection breaks off with a COMMIT %s',
  async (at) => {
    const boxes = await openBoxes()
    let drops = boxes.length
    proxy.hook = (moment) =>
      storesMail(moment) && moment.at === at && drops-- > 0 ? 'DROP' : 'PASS'
    await expectWhole(boxes, await start(boxes))
    expect(drops).toBeLessThanOrEqual(0)
  },
)

it.each(['SENT', 'DONE'] as const)('A-5 is killed with a COMMIT %s', async (at) => {
  const boxes = await openBoxes()
  let waiting = 0
  let release: () => void = () => undefined
  const killed = new Promise<void>((resolve) => (release = resolve))
  const all = new Promise<void>((resolve) => {
    proxy.hook = async (moment): Promise<'PASS' | 'DROP'> => {
      if (!storesMail(moment) || moment.at !== at) return 'PASS'
      waiting += 1
      if (waiting === boxes.length) resolve()
      await killed
      return 'DROP'
    }
  })
  const runs = await start(boxes)
  await all
  await worker.kill()
  for (const { mailbox, leaves } of boxes) {
    expect(mailbox.ids).toHaveLength(5)
    if (leaves) expect(mailbox.unread).toHaveLength(5)
  }
  proxy.hook = undefined
  release()
  await worker.start()
  await expectWhole(boxes, runs)
})

it('D-10 keeps its lease over a COMMIT that takes longer than a lease lasts', async () => {
  // As many as a worker does at a time, and of each host four.
  const boxes = [...(await openBoxes('127.0.0.2')), ...(await openBoxes('127.0.0.3'))]
  proxy.hook = async (moment): Promise<'PASS'> => {
    // The transaction holds the lease's row, which cannot be renewed meanwhile.
    if (storesMail(moment) && moment.at === 'SENT') await sleep(LONGER_THAN_A_LEASE_MS)
    return 'PASS'
  }
  const runs = await start(boxes)
  await Promise.all(runs.map(({ id }) => endOf(world.admin, id)))
  proxy.hook = undefined
  // Nobody has taken one over meanwhile.
  for (const { server } of boxes) expect.soft(server.sessions).toBe(1)
  await expectWhole(boxes, runs)
})
