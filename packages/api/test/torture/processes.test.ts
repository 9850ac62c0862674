import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { TestClient } from '../support/api.js'
import { createTestDatabase } from '../support/database.js'
import { startProcess, stopProcess } from '../support/mailroom-process.js'
import { endOf, receive, startReceiving } from '../support/receiving-kit.js'
import { isAt, type Hook, type Place } from '../support/torture/fault.js'
import {
  startPostgresProxy,
  storesMail,
  type PostgresProxy,
} from '../support/torture/postgres-proxy.js'
import { NO_FAULTS, TortureWorld, type TortureBox } from '../support/torture/torture-world.js'
import { WorkerProcess, workerEnv } from '../support/torture/worker-process.js'

/** Processes that are stopped, paused, doubled and taken down while they receive. */
let world: TortureWorld
let proxy: PostgresProxy
let workers: WorkerProcess[] = []
beforeAll(async () => {
  const database = await createTestDatabase()
  proxy = await startPostgresProxy(database.url)
  world = await TortureWorld.start('api', { database })
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})
afterAll(async () => {
  await world.close()
  await proxy.stop()
})

async function startWorker(env: NodeJS.ProcessEnv = {}, url = world.database.url) {
  const worker = new WorkerProcess(url, env)
  workers.push(worker)
  await worker.start()
  return worker
}

/** Holds the server at a place, once, until it is let go. */
function gate(place: Place) {
  let reach: () => void = () => undefined
  let release: () => void = () => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const released = new Promise<void>((resolve) => (release = resolve))
  let isDone = false
  const hook: Hook = async (moment) => {
    if (isDone || !isAt(moment, place)) return undefined
    isDone = true
    reach()
    await released
    return undefined
  }
  return { hook, reached, release: () => release() }
}

async function expectWhole(box: TortureBox, runId: string, count: number): Promise<void> {
  expect(await endOf(world.admin, runId)).toMatchObject({ state: 'DONE', problem: null })
  expect(await receive(world.admin, box.account.id)).toMatchObject({ state: 'DONE', stored: 0 })
  expect(await box.faults()).toEqual(NO_FAULTS)
  expect(box.mailbox.ids).toHaveLength(box.leaves ? count : 0)
}

it('A-10 goes on when the API dies that was asked to receive', async () => {
  await startWorker()
  const api = startProcess({ ...workerEnv(world.database.url), MAILROOM_ROLE: 'api', PORT: '0' })
  try {
    const client = await new TestClient(await api.ready).signIn()
    const box = await world.pop3()
    box.mailbox.deliver(5)
    const { hook, reached, release } = gate({ verb: 'RETR', nth: 3 })
    box.server.hook = hook
    const { id } = await startReceiving(client, box.account.id)
    await reached
    api.child.kill('SIGKILL')
    await api.exited
    release()
    await expectWhole(box, id, 5)
    expect(box.server.sessions).toBe(2)
  } finally {
    await stopProcess(api)
  }
})

it('A-14 stops in good order at SIGTERM, and leaves the rest to another worker', async () => {
  const worker = await startWorker()
  // More than is received between two points where a run can stop.
  const busy = await world.pop3()
  busy.mailbox.deliver(1_200)
  const stalled = await world.imap()
  stalled.mailbox.deliver(5)
  const busyAt = gate({ verb: 'RETR', nth: 100 })
  const stalledAt = gate({ verb: 'UID FETCH', nth: 2, phase: 'MIDDLE' })
  busy.server.hook = busyAt.hook
  stalled.server.hook = stalledAt.hook
  const runs = [
    await startReceiving(world.admin, busy.account.id),
    await startReceiving(world.admin, stalled.account.id),
  ]
  await Promise.all([busyAt.reached, stalledAt.reached])
  worker.signal('SIGTERM')
  busyAt.release()
  expect(await worker.exited).toBe(0)
  expect(busy.server.heard).toContain('QUIT')
  expect(busy.mailbox.ids).toHaveLength(200)
  expect(stalled.mailbox.unread).toHaveLength(5)
  stalledAt.release()
  await startWorker()
  await expectWhole(busy, runs[0]?.id ?? '', 1_200)
  await expectWhole(stalled, runs[1]?.id ?? '', 5)
})

it('D-9 has one of two workers and two APIs receive an account, fifty times', async () => {
  const both = await Promise.all([startWorker(), startWorker()])
  const boxes = await Promise.all([
    world.pop3(),
    world.imap(),
    world.pop3({ leaveOnServer: true }),
    world.imap({ leaveOnServer: true }),
  ])
  await Promise.all(
    boxes.map(async (box) => {
      for (let n = 0; n < 13; n++) {
        box.mailbox.deliver(3)
        const runs = await Promise.all(
          [1, 2, 3].map(() => startReceiving(world.admin, box.account.id)),
        )
        for (const { id } of runs) {
          expect(await endOf(world.admin, id)).toMatchObject({ state: 'DONE', problem: null })
        }
      }
      expect(box.server.mostConnections).toBe(1)
      expect(await box.faults()).toEqual(NO_FAULTS)
    }),
  )
  for (const worker of both) expect(worker.log).not.toMatch(/duplicate key|"level":"error"/)
})

it('D-10 keeps a worker that slept through its lease from storing, marking and removing', async () => {
  const sleeper = await startWorker({}, proxy.url)
  const fetching = await world.pop3()
  const storing = await world.imap()
  const removing = await world.pop3()
  for (const { mailbox } of [fetching, storing, removing]) mailbox.deliver(5)
  const at = gate({ verb: 'RETR', nth: 3 })
  fetching.server.hook = at.hook
  let held = 0
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  const stored = new Promise<void>((resolve) => {
    proxy.hook = async (moment): Promise<'PASS'> => {
      if (!storesMail(moment) || moment.at !== 'DONE') return 'PASS'
      held += 1
      if (held === 2) resolve()
      await released
      return 'PASS'
    }
  })
  const boxes = [fetching, storing, removing]
  const runs: string[] = []
  for (const { account } of boxes) runs.push((await startReceiving(world.admin, account.id)).id)
  await Promise.all([at.reached, stored])
  sleeper.signal('SIGSTOP')
  at.release()
  release()
  await startWorker()
  for (const [n, box] of boxes.entries()) await expectWhole(box, runs[n] ?? '', 5)
  sleeper.signal('SIGCONT')
  for (const box of boxes) await expect.poll(() => box.server.openConnections).toBe(0)
  for (const { server } of boxes) {
    const first = server.transcript.filter(({ session }) => session === 1)
    expect(first.map(({ line }) => line).join('\n')).not.toMatch(/DELE|STORE|EXPUNGE|QUIT/)
  }
  for (const box of boxes) expect(await box.faults()).toEqual(NO_FAULTS)
})

it.each(['throw new Error("injected")', 'Promise.reject(new Error("injected"))'])(
  'D-14 ends in good order where something is thrown that nobody catches: %s',
  async (fault) => {
    const code = `process.on('SIGUSR2', () => setImmediate(() => { ${fault} }))`
    const url = `data:text/javascript,${encodeURIComponent(code)}`
    const worker = await startWorker({ NODE_OPTIONS: `--import ${url}` })
    const box = await world.pop3()
    box.mailbox.deliver(5)
    const { hook, reached, release } = gate({ verb: 'RETR', nth: 3 })
    box.server.hook = hook
    const { id } = await startReceiving(world.admin, box.account.id)
    await reached
    worker.signal('SIGUSR2')
    release()
    expect(await worker.exited).toBe(1)
    expect(worker.log).toContain('injected')
    await startWorker()
    await expectWhole(box, id, 5)
  },
)
