import { expect } from 'vitest'
import { endOf, receive, startReceiving, type ReadRun } from '../receiving-kit.js'
import { isAt, placeName, type Hook, type Moment, type Place } from './fault.js'
import { NO_FAULTS, type Protocol, type TortureBox, type TortureWorld } from './torture-world.js'
import type { WorkerProcess } from './worker-process.js'

/** A kill of the worker at a place in the conversation with one account's server. */
export interface KillPoint {
  readonly protocol: Protocol
  readonly leaveOnServer: boolean
  readonly at: Place
  readonly messages?: number
  readonly sizeBytes?: number
}

const pointName = ({ protocol, leaveOnServer, at }: KillPoint) =>
  `${protocol} ${leaveOnServer ? 'leave' : 'delete'}, ${placeName(at)}`

/** A hook that holds the server at a place, and when it got there. */
function holdAt(place: Place): { readonly hook: Hook; readonly reached: Promise<void> } {
  let reach: () => void = () => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const hook = (moment: Moment) => {
    if (!isAt(moment, place)) return undefined
    reach()
    return 'STALL' as const
  }
  return { hook, reached }
}

/**
 * Brings a run of each point's account to its place, kills the workers once all are there, starts
 * others, and waits until the runs are over: nobody asks for them again.
 *
 * @returns how long each took from the kill to its end, in milliseconds
 */
export async function killTogether(
  world: TortureWorld,
  workers: readonly WorkerProcess[],
  points: readonly KillPoint[],
): Promise<number[]> {
  const held = await Promise.all(
    points.map(async (point, n) => {
      const box = await world.box(point.protocol, {
        leaveOnServer: point.leaveOnServer,
        // Workers do four runs at a host at once.
        host: `127.0.0.${2 + (n >> 2)}`,
      })
      box.mailbox.deliver(point.messages ?? 5, point.sizeBytes)
      const { hook, reached } = holdAt(point.at)
      box.server.hook = hook
      const { id } = await startReceiving(world.admin, box.account.id)
      await reached
      return { point, box, id }
    }),
  )
  const killedAtMs = performance.now()
  await Promise.all(workers.map((worker) => worker.kill()))
  for (const { box } of held) box.server.hook = undefined
  await Promise.all(workers.map((worker) => worker.start()))
  return Promise.all(
    held.map(async ({ point, box, id }) => {
      const run = await endOf(world.admin, id)
      const tookMs = performance.now() - killedAtMs
      await expectWhole(world, point, box, run)
      return tookMs
    }),
  )
}

/** Everything is here once, and nothing more comes of receiving again. */
async function expectWhole(
  world: TortureWorld,
  point: KillPoint,
  box: TortureBox,
  run: ReadRun,
): Promise<void> {
  const name = pointName(point)
  const messages = point.messages ?? 5
  const left = point.leaveOnServer ? messages : 0
  expect.soft({ run, ...(await box.faults()) }, name).toMatchObject({
    ...NO_FAULTS,
    run: { state: 'DONE', problem: null, found: messages, stored: messages },
  })
  expect.soft(box.mailbox.ids, name).toHaveLength(left)
  if (point.protocol === 'IMAP4') expect.soft(box.mailbox.unread, name).toEqual([])
  const next = await receive(world.admin, box.account.id)
  expect.soft(next, name).toMatchObject({ state: 'DONE', problem: null, stored: 0 })
  expect.soft(await box.faults(), name).toEqual(NO_FAULTS)
  expect.soft(box.mailbox.ids, name).toHaveLength(left)
}
