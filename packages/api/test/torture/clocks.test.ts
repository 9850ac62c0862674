import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ANNOUNCE_CHANGE } from '../../src/db/change-feed.js'
import { TestClient } from '../support/api.js'
import { startProcess, stopProcess, type Process } from '../support/mailroom-process.js'
import { LIST } from '../support/mail-servers-kit.js'
import { endOf, receive, startReceiving } from '../support/receiving-kit.js'
import { changeSettings } from '../support/settings-kit.js'
import { faultAt, meanwhile } from '../support/torture/fault.js'
import { JUMP, shiftedClock } from '../support/torture/shifted-clock.js'
import { NO_FAULTS, TortureWorld } from '../support/torture/torture-world.js'
import { WorkerProcess, workerEnv } from '../support/torture/worker-process.js'

/** Processes whose wall clocks are wrong, or are set while they work. */
let world: TortureWorld
let workers: WorkerProcess[] = []
let apis: Process[] = []
beforeAll(async () => {
  world = await TortureWorld.start('api')
})
afterEach(async () => {
  await Promise.all([...workers.map((worker) => worker.stop()), ...apis.map(stopProcess)])
  workers = []
  apis = []
})
afterAll(() => world.close())

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A lease that is not renewed ends within this, and so does a job without a heartbeat. */
const LEASE_MS = 13_000
/** What one worker does at a time. */
const RUNS_AT_ONCE = 8

async function startWorker(clock: NodeJS.ProcessEnv): Promise<WorkerProcess> {
  const worker = new WorkerProcess(world.database.url, clock)
  workers.push(worker)
  await worker.start()
  return worker
}

async function startApi(clock: NodeJS.ProcessEnv): Promise<Process & { readonly url: string }> {
  const env = { ...workerEnv(world.database.url), MAILROOM_ROLE: 'api', PORT: '0', ...clock }
  const started = startProcess(env)
  apis.push(started)
  return { ...started, url: await started.ready }
}

it('D-11 keeps leases and times of rest where the clock jumps, and goes on', async () => {
  const worker = await startWorker(shiftedClock(0, DAY, -DAY - HOUR))
  await changeSettings(world.admin, { receivesAutomatically: true, receiveIntervalMinutes: 1_440 })
  const rested = await world.pop3()
  const failing = await world.imap()
  failing.server.hook = faultAt({ verb: 'LOGIN' }, 'FIN')
  for (const { account } of [rested, failing]) await receive(world.admin, account.id)
  // More than the worker does at once: somebody waits for it to look for work after the jump.
  const boxes = await Promise.all(
    Array.from({ length: RUNS_AT_ONCE + 2 }, (_, n) =>
      world.box(n % 2 === 0 ? 'POP3' : 'IMAP4', { host: `127.0.0.${2 + (n % 5)}` }),
    ),
  )
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  let held = 0
  for (const { server, mailbox } of boxes) {
    mailbox.deliver(3)
    server.hook = meanwhile({ verb: 'CONNECT' }, () => {
      held += 1
      return released
    })
  }
  const runs = await Promise.all(
    boxes.map(({ account }) => startReceiving(world.admin, account.id)),
  )
  await expect.poll(() => held).toBe(RUNS_AT_ONCE)
  worker.signal(JUMP)
  await sleep(LEASE_MS / 2)
  worker.signal(JUMP)
  await sleep(LEASE_MS / 2)
  release()
  for (const { id } of runs) {
    expect(await endOf(world.admin, id)).toMatchObject({ state: 'DONE', problem: null, stored: 3 })
  }
  for (const box of boxes) {
    expect(box.server.sessions).toBe(1)
    expect(await box.faults()).toEqual(NO_FAULTS)
  }
  expect([rested.server.sessions, failing.server.sessions]).toEqual([1, 1])
  await changeSettings(world.admin)
})

it('D-11 ends a session when it ends, wherever the clock has gone meanwhile', async () => {
  const api = await startApi(shiftedClock(0, DAY * 30, -DAY * 30 - HOUR))
  const lasting = await new TestClient(api.url).signIn()
  const ending = await new TestClient(api.url).signIn()
  await world.pool.query(
    `UPDATE session SET expires_at = now() + interval '5 s'
     WHERE created_at = (SELECT max(created_at) FROM session)`,
  )
  // Who has just signed in is remembered.
  await world.pool.query(ANNOUNCE_CHANGE, ['session'])
  await ending.ask(LIST)
  api.child.kill(JUMP)
  await lasting.ask(LIST)
  api.child.kill(JUMP)
  await lasting.ask(LIST)
  await expect
    .poll(async () => (await ending.send(LIST)).errors[0]?.extensions.code)
    .toBe('UNAUTHENTICATED')
  await lasting.ask(LIST)
})

it('D-12 keeps time by the database where every process has another', async () => {
  const [{ before } = { before: new Date() }] = await world.database.rows<{ before: Date }>(
    'SELECT now() AS before',
  )
  const clocks = [shiftedClock(-10 * MINUTE), shiftedClock(10 * MINUTE)]
  const [behind, ahead] = await Promise.all(clocks.map(startApi))
  await Promise.all(clocks.map(startWorker))
  const boxes = await Promise.all([world.pop3({ leaveOnServer: true }), world.imap()])
  // Whoever has signed in here is signed in there.
  const clients = await Promise.all(
    [behind, ahead].map((api) => new TestClient(api?.url ?? '').signIn()),
  )
  const [one, other] = clients.map(({ url }, n) => {
    const elsewhere = new TestClient(url)
    elsewhere.cookie = clients[1 - n]?.cookie
    return elsewhere
  })
  if (one === undefined || other === undefined) throw new Error('two are made above')
  await Promise.all(
    boxes.map(async (box) => {
      for (let n = 0; n < 4; n++) {
        box.mailbox.deliver(2)
        const asked = [one, other].map((client) => startReceiving(client, box.account.id))
        for (const { id } of await Promise.all(asked)) {
          expect(await endOf(one, id)).toMatchObject({ state: 'DONE', problem: null })
        }
      }
    }),
  )
  for (const box of boxes) {
    expect(box.server.mostConnections).toBe(1)
    expect(await box.faults()).toEqual(NO_FAULTS)
  }
  const wrong = await world.database.rows(
    `SELECT id FROM message WHERE stored_at NOT BETWEEN $1 AND now() AND account_id = ANY ($2)
     UNION ALL SELECT id FROM receive_run WHERE account_id = ANY ($2)
       AND NOT ($1 <= queued_at AND queued_at <= started_at AND started_at <= ended_at AND ended_at <= now())`,
    [before, boxes.map(({ account }) => account.id)],
  )
  expect(wrong).toEqual([])
})
