import { afterAll, beforeAll, describe, it } from 'vitest'
import { CANCEL, endOf, receive, startReceiving } from '../support/receiving-kit.js'
import { faultAt, isAt, placeName, type Fault, type Place } from '../support/torture/fault.js'
import { NO_FAULTS, TortureWorld, type Protocol } from '../support/torture/torture-world.js'

/** Servers that say nothing, hardly anything, or nonsense without end. */
let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterAll(() => world.close())

const MESSAGES = 3
const HASTY_SECONDS = 1

const POP3: readonly Place[] = [
  ...['CONNECT', 'CAPA', 'USER', 'PASS', 'STAT', 'LIST', 'UIDL', 'RETR', 'DELE', 'QUIT'].map(
    (verb) => ({ verb }),
  ),
]
const IMAP: readonly Place[] = [
  ...['CONNECT', 'CAPABILITY', 'LOGIN', 'SELECT', 'UID SEARCH', 'UID STORE', 'UID EXPUNGE'].map(
    (verb) => ({ verb }),
  ),
  { verb: 'UID FETCH', argument: /SIZE/ },
  { verb: 'UID FETCH', argument: /BODY/ },
  { verb: 'LOGOUT' },
]
const PLACES: Record<Protocol, readonly Place[]> = { POP3, IMAP4: IMAP }

const FAULTS: Record<Protocol, Readonly<Record<string, Fault>>> = {
  POP3: {
    'E-1, E-10 is silent': 'STALL',
    'E-2 says a byte now and then': { dripMs: 800 },
    'E-3 says useless lines without end': { flood: 'x'.repeat(40) + '\r\n' },
  },
  IMAP4: {
    'E-1, E-10 is silent': 'STALL',
    'E-2 says a byte now and then': { dripMs: 800 },
    'E-3 says useless lines without end': { flood: '* 3 EXISTS\r\n' },
  },
}

/** What a run is told of where its server never comes to an end. */
const ENDED = /^(TIMEOUT|PROTOCOL_ERROR|NOT_THIS_PROTOCOL|CONNECTION_LOST|GREETING_REFUSED)$/

/** Four runs at a host at once would have to wait for each other. */
const hostOf = (n: number) => `127.0.0.${2 + n}`

// Time-outs are waited for, which the cases do together.
describe.concurrent.each(['POP3', 'IMAP4'] as const)('%s', (protocol) => {
  it.for(Object.entries(FAULTS[protocol]))('%s', async ([name, fault], { expect }) => {
    await Promise.all(
      PLACES[protocol].map(async (at, n) => {
        const what = placeName(at)
        const box = await world.box(protocol, { timeoutSeconds: HASTY_SECONDS, host: hostOf(n) })
        box.mailbox.deliver(MESSAGES)
        box.server.hook = faultAt(at, fault)
        const run = await receive(world.admin, box.account.id)
        const isFarewell = /QUIT|LOGOUT/.test(at.verb)
        const isStored = isFarewell || /DELE|STORE|EXPUNGE/.test(at.verb)
        if (!isFarewell) {
          expect.soft(run, what).toMatchObject({ state: 'FAILED' })
          expect.soft(run.problem, what).toMatch(name.startsWith('E-1') ? /^TIMEOUT$/ : ENDED)
        }
        if (!isStored) expect.soft(run.stored, what).toBe(0)
        // No socket is left, whoever hangs.
        await expect.poll(() => box.server.openConnections, { message: what }).toBe(0)
        box.server.hook = undefined
        // On a busy machine an honest server may not answer within the time-out either.
        const isDone = async () => (await receive(world.admin, box.account.id)).state === 'DONE'
        await expect.poll(isDone, { message: what, timeout: 60_000 }).toBe(true)
        expect.soft(await box.faults(), what).toEqual(NO_FAULTS)
        expect.soft(box.mailbox.ids, what).toEqual([])
      }),
    )
  })

  it('E-5 lets a message come slowly, for longer than the time-out', async ({ expect }) => {
    const box = await world.box(protocol, { timeoutSeconds: 1 })
    box.mailbox.deliver(1, 1_500)
    const at: Place =
      protocol === 'POP3' ? { verb: 'RETR' } : { verb: 'UID FETCH', argument: /BODY/ }
    box.server.hook = faultAt(at, { dripMs: 200, dripBytes: 100 })
    expect(await receive(world.admin, box.account.id)).toMatchObject({ state: 'DONE', stored: 1 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('E-6 is done where the farewell hangs once all is stored', async ({ expect }) => {
    const box = await world.box(protocol, { timeoutSeconds: 1, leaveOnServer: true })
    box.mailbox.deliver(MESSAGES)
    box.server.hook = faultAt({ verb: protocol === 'POP3' ? 'QUIT' : 'LOGOUT' }, 'STALL')
    expect(await receive(world.admin, box.account.id)).toMatchObject({
      ...{ state: 'DONE', problem: null, stored: MESSAGES },
    })
    await expect.poll(() => box.server.openConnections).toBe(0)
  })

  it('E-9 lets go at once where somebody cancels, at any step', async ({ expect }) => {
    await Promise.all(
      PLACES[protocol].map(async (at, n) => {
        const what = placeName(at)
        const box = await world.box(protocol, { host: hostOf(n) })
        box.mailbox.deliver(MESSAGES)
        const reached = new Promise<void>((resolve) => {
          box.server.hook = (moment) => {
            if (!isAt(moment, at)) return undefined
            resolve()
            return 'STALL'
          }
        })
        const { id } = await startReceiving(world.admin, box.account.id)
        await reached
        await world.admin.ask(CANCEL, { id })
        // Its time-outs are far longer than this waits.
        const run = await endOf(world.admin, id)
        const isFarewell = /QUIT|LOGOUT/.test(at.verb)
        if (!isFarewell) {
          expect.soft(run, what).toMatchObject({ state: 'FAILED', problem: 'CANCELLED' })
        }
        await expect.poll(() => box.server.openConnections, { message: what }).toBe(0)
        box.server.hook = undefined
        expect.soft(await receive(world.admin, box.account.id), what).toMatchObject({
          ...{ state: 'DONE', problem: null },
        })
        expect.soft(await box.faults(), what).toEqual(NO_FAULTS)
        expect.soft(box.mailbox.ids, what).toEqual([])
      }),
    )
  })
})
