import { setTimeout as sleep } from 'node:timers/promises'
import { endOfSending, type ReadSending } from '../sending-kit.js'
import type { Moment } from './fault.js'
import { idOf } from './fake-smtp.js'
import { OutBox } from './out-box.js'
import { Random } from './random.js'
import type { SoakOptions } from './soak.js'
import type { TortureWorld } from './torture-world.js'
import { WorkerProcess } from './worker-process.js'

export interface SendSoakOptions extends SoakOptions {
  readonly mails: number
}

/** What came of it. */
export interface SendSoakResult {
  readonly seed: number
  readonly kills: number
  /** Kills while a message was on its way. */
  readonly killsAtWork: number
  readonly mails: number
  readonly sent: number
  readonly failed: number
  readonly unconfirmed: number
  /** Of the unconfirmed, those that had arrived. */
  readonly arrivedUnconfirmed: number
  /** Taken by a server more than once. */
  readonly doubled: number
  /** SENT, and at no server. */
  readonly vanished: number
  /** FAILED, and at a server. */
  readonly belied: number
  /** UNCONFIRMED, though its final dot was not about to be written. */
  readonly groundless: number
}

interface Progress {
  /** Begun. */
  kills: number
  /** In the outbox, and all that came of it. */
  mails: number
}

const BOXES = 8
const PER_HOST = 4
const WORKERS = 4
const KILL_AFTER_MS = 1_500
/** A few live long enough to take up what the dead have left. */
const LONG_LIFE = { chance: 0.2, minMs: 3_000, maxMs: 8_000 }
const STEP_MS = 100
/** About what one takes, so slowed. */
const MESSAGE_MS = 500
/** A kill waits for so long for what is in the outbox to be on its way: without, it shows little. */
const WORK_MAX_MS = 10_000
const POLL_MS = 20
const SAY_EVERY = 20

/** Sends while workers are killed at random instants. Ends by itself; then each message is where it is said to be. */
export async function soakSending(
  world: TortureWorld,
  options: SendSoakOptions,
): Promise<SendSoakResult> {
  const random = new Random(options.seed)
  const boxes: OutBox[] = []
  for (let n = 0; n < BOXES; n++) {
    const host = `127.0.0.${2 + Math.floor(n / PER_HOST)}`
    const box = await OutBox.open(world, { outgoing: { authMethod: 'PLAIN' }, host })
    box.smtp.hook = slowed(random)
    boxes.push(box)
  }
  const workers = Array.from({ length: WORKERS }, () => new WorkerProcess(world.database.url))
  try {
    await Promise.all(workers.map((worker) => worker.start()))
    const progress = { kills: 0, mails: 0 }
    const killing = killAtRandom(workers, boxes, random, { ...options, progress })
    const sendings: ReadSending[] = []
    for (let n = 0; n < options.mails; n++) {
      // Spread over the kills, however long those take.
      while (progress.kills < (n * options.kills) / options.mails) await sleep(POLL_MS)
      const large = random.chance(0.1) ? 50_000 : 50
      const text = `${n} `.padEnd(random.whole(1, large), 'x')
      sendings.push(await random.pick(boxes).send({ text, idempotencyKey: `soak-${n}` }))
      progress.mails += 1
    }
    const killsAtWork = await killing
    for (const { smtp } of boxes) smtp.hook = undefined
    return {
      ...{ seed: options.seed, kills: options.kills, killsAtWork, mails: options.mails },
      ...(await judge(world, sendings, boxes)),
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
    await Promise.all(boxes.map((box) => box.stop()))
  }
}

/** Some steps take their time, and some connections break off. */
function slowed(random: Random) {
  return async ({ phase }: Moment) => {
    if (random.chance(0.3)) await sleep(random.whole(1, STEP_MS))
    return phase === 'MIDDLE' && random.chance(0.003) ? ('RST' as const) : undefined
  }
}

/** @returns how many kills came while a message was on its way */
async function killAtRandom(
  workers: readonly WorkerProcess[],
  boxes: readonly OutBox[],
  random: Random,
  { kills, say, progress }: SendSoakOptions & { readonly progress: Progress },
): Promise<number> {
  let atWork = 0
  const isAtWork = () => boxes.some(({ smtp }) => smtp.underWay.size > 0)
  const isOpen = () => boxes.reduce((sum, { smtp }) => sum + smtp.taken.length, 0) < progress.mails
  const lane = async (worker: WorkerProcess) => {
    while (progress.kills < kills) {
      const nth = ++progress.kills
      const isLong = random.chance(LONG_LIFE.chance)
      const { minMs, maxMs } = isLong ? LONG_LIFE : { minMs: 0, maxMs: KILL_AFTER_MS }
      await sleep(random.whole(minMs, maxMs))
      const untilMs = performance.now() + WORK_MAX_MS
      while (isOpen() && !isAtWork() && performance.now() < untilMs) await sleep(POLL_MS)
      await sleep(random.whole(0, MESSAGE_MS))
      if (isAtWork()) atWork += 1
      await worker.restart()
      if (nth % SAY_EVERY === 0) say(`${nth} of ${kills} kills`)
    }
  }
  await Promise.all(workers.map(lane))
  return atWork
}

async function judge(
  world: TortureWorld,
  sendings: readonly ReadSending[],
  boxes: readonly OutBox[],
) {
  // What was to be tried again later is tried now.
  const hurrying = setInterval(() => {
    void world.pool
      .query("UPDATE sending SET due_at = now() WHERE state = 'QUEUED' AND due_at > now()")
      .catch(() => undefined)
  }, 500)
  const ends: ReadSending[] = []
  try {
    for (const { id } of sendings) ends.push(await endOfSending(world.admin, id))
  } finally {
    clearInterval(hurrying)
  }
  const taken = new Map<string, number>()
  for (const { source } of boxes.flatMap(({ smtp }) => smtp.taken)) {
    taken.set(idOf(source), (taken.get(idOf(source)) ?? 0) + 1)
  }
  const { rows: groundless } = await world.pool.query(
    "SELECT FROM sending WHERE state = 'UNCONFIRMED' AND dot_at IS NULL",
  )
  const has = ({ message }: ReadSending) => taken.has(message.messageId ?? '')
  const of = (state: string) => ends.filter((end) => end.state === state)
  return {
    sent: of('SENT').length,
    failed: of('FAILED').length,
    unconfirmed: of('UNCONFIRMED').length,
    arrivedUnconfirmed: of('UNCONFIRMED').filter(has).length,
    doubled: [...taken.values()].filter((times) => times > 1).length,
    vanished: of('SENT').filter((end) => !has(end)).length,
    belied: of('FAILED').filter(has).length,
    groundless: groundless.length,
  }
}

/** As the command prints it. */
export const sendSoakReport = (result: SendSoakResult): string =>
  [
    `seed ${result.seed}: ${result.kills} kills, ${result.killsAtWork} of them at work; ${result.mails} messages`,
    `sent ${result.sent}, failed ${result.failed}, unconfirmed ${result.unconfirmed} (${result.arrivedUnconfirmed} of them had arrived)`,
    `doubled ${result.doubled}, sent and vanished ${result.vanished}, failed and yet arrived ${result.belied}, unconfirmed without a dot ${result.groundless}`,
  ].join('\n')
