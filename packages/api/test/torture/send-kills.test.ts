import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { endOfSending, sendingWhere, upload } from '../support/sending-kit.js'
import { isAt, placeName, type Hook, type Place } from '../support/torture/fault.js'
import { OutBox } from '../support/torture/out-box.js'
import { TortureWorld } from '../support/torture/torture-world.js'
import { WorkerProcess } from '../support/torture/worker-process.js'

/** Workers are killed with SIGKILL while they send: at each step, before and after the final dot. */
let world: TortureWorld
let workers: readonly WorkerProcess[] = []
const boxes: OutBox[] = []
beforeAll(async () => {
  world = await TortureWorld.start('api')
  workers = [1, 2].map(() => new WorkerProcess(world.database.url))
})
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  await Promise.all(boxes.map((box) => box.stop()))
  await world.close()
})

/** Twice what it takes: a claim that ends (12 s), and a look at it. */
const TAKEN_UP_MS = 30_000
/** More than the buffers on its way hold: it stands still in the midst of it. */
const LARGE = 5_000_000
/** Workers have four connections to a host at once. */
const PER_HOST = 4

let opened = 0

async function open(): Promise<OutBox> {
  const host = `127.0.0.${2 + Math.floor(opened++ / PER_HOST)}`
  const box = await OutBox.open(world, { outgoing: { authMethod: 'PLAIN' }, host })
  box.smtp.extensions = ['AUTH PLAIN']
  boxes.push(box)
  return box
}

/** A hook that holds the server at a place without reading on, and when it got there. */
function holdAt(place: Place): { hook: Hook; reached: Promise<void>; release: () => void } {
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const hook: Hook = async (moment) => {
    if (!isAt(moment, place)) return undefined
    reached.resolve()
    await released.promise
    return 'FIN'
  }
  return { hook, reached: reached.promise, release: released.resolve }
}

const largeFile = async () => (await upload(world.admin, 'large.bin', Buffer.alloc(LARGE, 'x'))).id

/** Brings a message of each place there, kills the workers, and starts others. */
async function killAt(places: readonly Place[]) {
  await Promise.all(workers.map((worker) => worker.start()))
  const held = await Promise.all(
    places.map(async (place) => {
      const box = await open()
      const { hook, reached, release } = holdAt(place)
      box.smtp.hook = hook
      const attachmentIds = place.verb === 'BODY' ? [await largeFile()] : []
      const { id } = await box.send({ attachmentIds })
      await reached
      return { place, box, id, release }
    }),
  )
  const dotsBefore = held.map(({ box }) => box.smtp.dots)
  await Promise.all(workers.map((worker) => worker.kill()))
  for (const { box, release } of held) {
    box.smtp.hook = undefined
    release()
  }
  const killedAtMs = performance.now()
  await Promise.all(workers.map((worker) => worker.start()))
  const ends = await Promise.all(
    held.map(async ({ place, box, id }, n) => ({
      ...{ name: placeName(place), box, dots: dotsBefore[n] },
      end: await endOfSending(world.admin, id),
    })),
  )
  return { ends, tookMs: performance.now() - killedAtMs }
}

const BEFORE_DOT: readonly Place[] = [
  { verb: 'CONNECT' },
  { verb: 'EHLO' },
  { verb: 'AUTH' },
  { verb: 'AUTH', phase: 'AFTER' },
  { verb: 'MAIL' },
  { verb: 'RCPT' },
  { verb: 'DATA' },
  { verb: 'BODY' },
]
const AFTER_DOT: readonly Place[] = [
  { verb: '.' },
  { verb: '.', phase: 'MIDDLE' },
  { verb: '.', phase: 'AFTER' },
]

it('C-3, C-6, C-8 killed at each step: sent by the next worker, once; after the dot never again', async () => {
  const { ends, tookMs } = await killAt([...BEFORE_DOT, ...AFTER_DOT])
  expect(tookMs).toBeLessThan(TAKEN_UP_MS)
  // Whoever would send it again has had the time to.
  await sleep(3_000)
  for (const { name, box, dots, end } of ends.slice(0, BEFORE_DOT.length)) {
    // The server had seen no whole message.
    expect.soft([name, dots, end.state], name).toEqual([name, 0, 'SENT'])
    expect.soft(box.smtp.deliveries, name).toHaveLength(1)
  }
  for (const { name, box, end } of ends.slice(BEFORE_DOT.length)) {
    const isAnswered = name.startsWith('after')
    const expected = isAnswered ? ['UNCONFIRMED', 'SENT'] : ['UNCONFIRMED']
    expect.soft(expected, name).toContain(end.state)
    expect.soft(box.smtp.dots, name).toBe(1)
  }
})

it('C-2 after the COMMIT and before anybody took it up: sent once after a restart', async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  const box = await open()
  const { id } = await box.send()
  expect(await sendingWhere(world.admin, id, () => true)).toMatchObject({ state: 'QUEUED' })
  await workers[0]?.start()
  expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT' })
  expect(box.smtp.deliveries).toHaveLength(1)
})

it('ends cleanly on SIGTERM: what is on its way gets there, the rest is for the next', async () => {
  const box = await open()
  const [worker, next] = workers
  const { hook, reached, release } = holdAt({ verb: 'RCPT' })
  let isReleased = false
  box.smtp.hook = async (moment) => {
    if (isReleased || moment.verb !== 'RCPT') return undefined
    await hook(moment)
    return undefined
  }
  const first = await box.send()
  await reached
  worker?.signal('SIGTERM')
  await sleep(500)
  isReleased = true
  release()
  expect(await worker?.exited).toBe(0)
  expect(await endOfSending(world.admin, first.id)).toMatchObject({ state: 'SENT', attempts: 1 })
  const second = await box.send()
  await next?.start()
  expect(await endOfSending(world.admin, second.id)).toMatchObject({ state: 'SENT' })
  expect(box.smtp.deliveries).toHaveLength(2)
})
