import { setTimeout as sleep } from 'node:timers/promises'
import { endOf, startReceiving, type ReadRun } from '../receiving-kit.js'
import type { Moment } from './fault.js'
import { Random } from './random.js'
import type { TortureBox, TortureWorld } from './torture-world.js'
import { WorkerProcess } from './worker-process.js'

export interface SoakOptions {
  readonly kills: number
  readonly seed: number
  /** Hears how it goes. */
  readonly say: (line: string) => void
}

/** What came of it. */
export interface SoakResult {
  readonly seed: number
  readonly kills: number
  /** Kills while mail was being received. */
  readonly killsAtWork: number
  readonly delivered: number
  /** Neither here nor at its server, or not here in the end. */
  readonly lost: number
  readonly doubled: number
  readonly altered: number
  /** Marked or removed at its server before it was here. */
  readonly tooEarly: number
  /** Accounts that somebody would have to free. */
  readonly locked: number
  /** Runs whose figures do not add up. */
  readonly wrongFigures: number
}

/** Of each protocol and mode. */
const BOXES = 8
/** Two that are killed in turn: mail goes on coming in while one starts again. */
const WORKERS = 2
const KILL_AFTER_MS = 1_500
/** A few live long enough to take up what the dead have left. */
const LONG_LIFE = { chance: 0.2, minMs: 4_000, maxMs: 9_000 }
/** So that a kill meets every step and not only the long ones. */
const STEP_MS = 15
/** A worker that has nothing to do is waited for so long, and met in the midst of it. */
const IDLE_MS = 3_000
const MIDST_MS = 150
const SAY_EVERY = 20

/**
 * Receives over both protocols and in both modes from mailboxes that never rest, and kills workers at
 * random instants. Ends by itself; then everything that was delivered must be here once.
 */
export async function soak(world: TortureWorld, options: SoakOptions): Promise<SoakResult> {
  const random = new Random(options.seed)
  const boxes = await openBoxes(world, random)
  const workers = Array.from({ length: WORKERS }, () => new WorkerProcess(world.database.url))
  const ending = new AbortController()
  try {
    await Promise.all(workers.map((worker) => worker.start()))
    const feeding = boxes.map((box) => feed(world, box, random, ending.signal))
    const killsAtWork = await killAtRandom(workers, boxes, random, options)
    ending.abort()
    await Promise.all(feeding)
    const results = await Promise.all(boxes.map((box) => settle(world, box, options.say)))
    const sum = (of: (result: (typeof results)[number]) => number) =>
      results.reduce((total, result) => total + of(result), 0)
    return {
      ...{ seed: options.seed, kills: options.kills, killsAtWork },
      delivered: sum(({ delivered }) => delivered),
      lost: sum(({ faults }) => faults.missing.length),
      doubled: sum(({ faults }) => faults.doubled.length),
      altered: sum(({ faults }) => faults.altered.length),
      tooEarly: sum(({ faults }) => faults.tooEarly.length),
      locked: sum(({ faults }) => faults.locked),
      wrongFigures: sum(({ faults }) => faults.wrongFigures),
    }
  } finally {
    ending.abort()
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}

async function openBoxes(world: TortureWorld, random: Random): Promise<TortureBox[]> {
  const boxes: TortureBox[] = []
  for (const protocol of ['POP3', 'IMAP4'] as const) {
    for (const leaveOnServer of [true, false]) {
      for (let n = 0; n < BOXES; n++) {
        const host = `127.0.0.${2 + (boxes.length >> 2)}`
        const box = await world.box(protocol, { leaveOnServer, host })
        box.server.hook = slowed(random)
        boxes.push(box)
      }
    }
  }
  return boxes
}

/** Some steps take their time, and some connections break off. */
function slowed(random: Random) {
  return async ({ phase }: Moment) => {
    if (random.chance(0.2)) await sleep(random.whole(1, STEP_MS))
    return phase === 'MIDDLE' && random.chance(0.002) ? ('RST' as const) : undefined
  }
}

/** Delivers and asks for receiving, again and again: a run that a kill has met is another worker's. */
async function feed(
  world: TortureWorld,
  box: TortureBox,
  random: Random,
  ending: AbortSignal,
): Promise<void> {
  while (!ending.aborted) {
    box.mailbox.deliver(random.whole(0, 6), random.whole(200, 6_000))
    // Somebody else reads, or clears up what was left there.
    const [first] = box.mailbox.messages
    if (box.leaves && first?.seen === true && random.chance(0.3)) box.mailbox.remove(first)
    const { id } = await startReceiving(world.admin, box.account.id)
    // Kills may keep it from its end for long; in the end it has to come to it.
    await Promise.race([endOf(world.admin, id).catch(() => undefined), aborted(ending)])
    await sleep(random.whole(300, 800))
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** @returns how many kills met a worker that was connected to a server */
async function killAtRandom(
  workers: readonly WorkerProcess[],
  boxes: readonly TortureBox[],
  random: Random,
  { kills, say }: SoakOptions,
): Promise<number> {
  let done = 0
  let atWork = 0
  const lane = async (worker: WorkerProcess) => {
    while (done < kills) {
      done += 1
      const isLong = random.chance(LONG_LIFE.chance)
      const { minMs, maxMs } = isLong ? LONG_LIFE : { minMs: 0, maxMs: KILL_AFTER_MS }
      await sleep(random.whole(minMs, maxMs))
      await untilAtWork(boxes)
      await sleep(random.whole(0, MIDST_MS))
      if (isAtWork(boxes)) atWork += 1
      await worker.restart()
      if (done % SAY_EVERY === 0) say(`${done} of ${kills} kills`)
    }
  }
  await Promise.all(workers.map(lane))
  return atWork
}

const isAtWork = (boxes: readonly TortureBox[]) =>
  boxes.some(({ server }) => server.openConnections > 0)

async function untilAtWork(boxes: readonly TortureBox[]): Promise<void> {
  const untilMs = performance.now() + IDLE_MS
  while (!isAtWork(boxes) && performance.now() < untilMs) await sleep(MIDST_MS / 10)
}

/** Of which two have to go through: a server or the database may be short of connections for a moment. */
const SETTLE_RUNS_MAX = 6

/** Once all is quiet: nobody asks for anything but one more receiving. */
async function settle(world: TortureWorld, box: TortureBox, say: SoakOptions['say']) {
  box.server.hook = undefined
  // The run under way, or one that a kill has met, and then one that finds nothing left to do.
  const ends: ReadRun[] = []
  while (ends.length < SETTLE_RUNS_MAX && ends.filter(({ state }) => state === 'DONE').length < 2) {
    const { id } = await startReceiving(world.admin, box.account.id)
    ends.push(await endOf(world.admin, id))
  }
  const faults = await box.faults()
  if (faults.missing.length > 0) {
    const { id } = box.account
    say(`account ${id}: ${JSON.stringify({ ...faults, ends, atServer: box.mailbox.ids })}`)
  }
  return { delivered: box.mailbox.delivered.size, faults }
}

/** As the command prints it. */
export const soakReport = (result: SoakResult): string =>
  [
    `seed ${result.seed}: ${result.kills} kills, ${result.killsAtWork} of them at work; ${result.delivered} messages`,
    `lost ${result.lost}, doubled ${result.doubled}, altered ${result.altered}, gone too early ${result.tooEarly}`,
    `accounts left locked ${result.locked}, runs with wrong figures ${result.wrongFigures}`,
  ].join('\n')
