import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receive } from '../support/receiving-kit.js'
import { faultAt, placeName, type Place } from '../support/torture/fault.js'
import { isThorough } from '../support/torture/thorough.js'
import { NO_FAULTS, TortureWorld, type TortureBox } from '../support/torture/torture-world.js'

/** Servers whose connections break off: the network's faults, and those of programs that end. */
let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterAll(() => world.close())

const MESSAGES = 3
/** A-13 at each seventh byte takes minutes. */
const THOROUGH_MS = 900_000
/** a session breaks off after so many bytes, after twice as many, and so on. */
const EACH_BYTES = isThorough ? 7 : 41
/** What has not come yet is still there. */
const NOTHING_WORSE = {
  lost: [],
  doubled: [],
  altered: [],
  tooEarly: [],
  locked: 0,
  wrongFigures: 0,
}

/** Once the server is well again: all is here once, and gone there where it is to be. */
async function expectWhole(box: TortureBox, what: string): Promise<void> {
  box.server.hook = undefined
  box.server.cutAfterBytes = undefined
  expect.soft(await receive(world.admin, box.account.id), what).toMatchObject({
    state: 'DONE',
    problem: null,
  })
  expect.soft(await box.faults(), what).toEqual(NO_FAULTS)
  expect.soft(box.mailbox.ids, what).toHaveLength(box.leaves ? MESSAGES : 0)
  if ('isReadOnly' in box.server) expect.soft(box.mailbox.unread, what).toEqual([])
}

const POP3: readonly Place[] = [
  { verb: 'CONNECT' },
  { verb: 'CONNECT', phase: 'AFTER' },
  ...['CAPA', 'USER', 'PASS', 'STAT', 'LIST', 'UIDL', 'RETR', 'DELE', 'QUIT'].map((verb) => ({
    verb,
  })),
  { verb: 'RETR', phase: 'MIDDLE' },
  { verb: 'DELE', phase: 'MIDDLE', nth: 2 },
  { verb: 'QUIT', phase: 'MIDDLE' },
]
const IMAP: readonly Place[] = [
  { verb: 'CONNECT' },
  ...['CAPABILITY', 'LOGIN', 'SELECT', 'UID SEARCH', 'UID FETCH', 'UID STORE', 'UID EXPUNGE'].map(
    (verb) => ({ verb }),
  ),
  { verb: 'UID FETCH', argument: /BODY/, phase: 'MIDDLE' },
  { verb: 'UID STORE', phase: 'MIDDLE' },
  { verb: 'UID EXPUNGE', phase: 'MIDDLE' },
  { verb: 'LOGOUT' },
]

describe.each([
  { protocol: 'POP3', places: POP3 },
  { protocol: 'IMAP4', places: IMAP },
] as const)('A-9 $protocol', ({ protocol, places }) => {
  it.each([
    { end: 'FIN', leaveOnServer: false },
    { end: 'RST', leaveOnServer: false },
    { end: 'FIN', leaveOnServer: true },
  ] as const)(
    'breaks off by $end, leaving mail: $leaveOnServer',
    async ({ end, leaveOnServer }) => {
      await Promise.all(
        places.map(async (at) => {
          const what = placeName(at)
          const box = await world.box(protocol, { leaveOnServer })
          box.mailbox.deliver(MESSAGES)
          box.server.hook = faultAt(at, end)
          const run = await receive(world.admin, box.account.id)
          // After the mail is safe; and where each new connection brings some of it.
          const isSafe = /DELE|QUIT|LOGOUT|STORE|EXPUNGE|middle UID FETCH/.test(what)
          if (!isSafe) {
            expect.soft(run, what).toMatchObject({ state: 'FAILED', stored: 0 })
            expect.soft(run.problem, what).toMatch(/CONNECTION_LOST|NOT_THIS_PROTOCOL|GREETING/)
          } else {
            // One that breaks off twice is left for the next run.
            const left = what.startsWith('middle UID FETCH') ? 1 : 0
            expect.soft(run, what).toMatchObject({ stored: MESSAGES - left, failed: left })
          }
          expect.soft(await box.faults(), what).toMatchObject(NOTHING_WORSE)
          await expectWhole(box, what)
        }),
      )
    },
  )
})

describe.each([
  { protocol: 'POP3', leaveOnServer: false },
  { protocol: 'POP3', leaveOnServer: true },
  { protocol: 'IMAP4', leaveOnServer: false },
] as const)('A-13 $protocol, leaving mail: $leaveOnServer', ({ protocol, leaveOnServer }) => {
  it(
    `breaks off after every ${EACH_BYTES}th byte of a session`,
    { timeout: THOROUGH_MS },
    async () => {
      const sample = await world.box(protocol, { leaveOnServer })
      sample.mailbox.deliver(MESSAGES, 120)
      await receive(world.admin, sample.account.id)
      const cuts = Array.from(
        { length: Math.ceil(sample.server.longestBytes / EACH_BYTES) },
        (_, n) => n * EACH_BYTES,
      )
      const lanes = Array.from({ length: 8 }, (_, lane) => cuts.filter((_, n) => n % 8 === lane))
      await Promise.all(
        lanes.map(async (lane) => {
          for (const cut of lane) {
            const what = `after byte ${cut}`
            const box = await world.box(protocol, {
              leaveOnServer,
              host: `127.0.0.${2 + (cut % 4)}`,
            })
            box.mailbox.deliver(MESSAGES, 120)
            box.server.cutAfterBytes = cut
            await receive(world.admin, box.account.id)
            expect.soft(await box.faults(), what).toMatchObject(NOTHING_WORSE)
            await expectWhole(box, what)
          }
        }),
      )
    },
  )
})
