import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Place } from '../support/torture/fault.js'
import { killTogether, type KillPoint } from '../support/torture/kill-together.js'
import { TortureWorld, type Protocol } from '../support/torture/torture-world.js'
import { WorkerProcess } from '../support/torture/worker-process.js'

/** Workers are killed with SIGKILL at each step: one kill for the runs that stand at their places. */
let world: TortureWorld
let workers: readonly WorkerProcess[] = []
beforeAll(async () => {
  world = await TortureWorld.start('api')
  workers = [1, 2].map(() => new WorkerProcess(world.database.url))
  await Promise.all(workers.map((worker) => worker.start()))
})
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  await world.close()
})

/** Two workers do so many runs at once, and none must wait for another to get to its place. */
const TOGETHER = 16
/** Twice what it takes: a heartbeat (10 s), a look at it (5 s), a pause (2 s). */
const TAKEN_UP_MS = 40_000

const POP3: Readonly<Record<string, readonly Place[]>> = {
  'A-1': [
    { verb: 'CONNECT' },
    { verb: 'CAPA' },
    { verb: 'USER' },
    { verb: 'PASS', phase: 'AFTER' },
  ],
  'A-2': [
    { verb: 'UIDL', phase: 'MIDDLE' },
    { verb: 'UIDL', phase: 'AFTER' },
  ],
  'A-3': [{ verb: 'RETR', phase: 'MIDDLE', nth: 3 }],
  'A-4': [{ verb: 'RETR', phase: 'AFTER', nth: 3 }],
  // The first DELE is heard once the COMMIT of all five is acknowledged.
  'A-6': [{ verb: 'DELE' }, { verb: 'DELE', nth: 3 }],
  'A-7': [{ verb: 'DELE', phase: 'AFTER', nth: 3 }, { verb: 'QUIT' }],
  'A-8': [{ verb: 'QUIT', phase: 'MIDDLE' }],
}

const IMAP: readonly Place[] = [
  { verb: 'LOGIN' },
  { verb: 'SELECT' },
  { verb: 'UID SEARCH', phase: 'MIDDLE' },
  { verb: 'UID FETCH', nth: 2, phase: 'MIDDLE' },
  { verb: 'UID FETCH', nth: 2, phase: 'AFTER' },
  { verb: 'UID STORE' },
  { verb: 'UID STORE', phase: 'MIDDLE' },
  { verb: 'UID STORE', phase: 'AFTER' },
  { verb: 'UID EXPUNGE' },
  { verb: 'UID EXPUNGE', phase: 'MIDDLE' },
  { verb: 'UID EXPUNGE', phase: 'AFTER' },
  { verb: 'LOGOUT' },
]

function points(protocol: Protocol, places: readonly Place[]): KillPoint[] {
  return [false, true].flatMap((leaveOnServer) =>
    places
      .filter(({ verb }) => !leaveOnServer || !/DELE|EXPUNGE/.test(verb))
      .map((at) => ({ protocol, leaveOnServer, at })),
  )
}

const all = [
  ...points('POP3', Object.values(POP3).flat()),
  ...points('IMAP4', IMAP),
  // More than one COMMIT's worth, so that some of it is stored when the worker dies.
  ...points('POP3', [{ verb: 'RETR', nth: 230 }]).map((point) => ({ ...point, messages: 250 })),
  ...points('IMAP4', [{ verb: 'UID FETCH', nth: 2, phase: 'MIDDLE' }]).map((point) => ({
    ...point,
    messages: 250,
  })),
]
const batches = Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, n) => ({
  n: n + 1,
  batch: all.slice(n * TOGETHER, (n + 1) * TOGETHER),
}))

it.each(batches)('A-1..A-8, B-1: loses and doubles nothing ($n)', async ({ batch }) => {
  expect(Math.max(...(await killTogether(world, workers, batch)))).toBeLessThan(TAKEN_UP_MS)
})
