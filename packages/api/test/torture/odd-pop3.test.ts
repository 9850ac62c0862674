import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receive } from '../support/receiving-kit.js'
import { messageSource } from '../support/torture/fake-mailbox.js'
import { faultAt, faultOnce } from '../support/torture/fault.js'
import { NO_FAULTS, TortureWorld } from '../support/torture/torture-world.js'

/** POP3 servers whose unique ids are not unique, not lasting or not there. */
let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterAll(() => world.close())

const leaving = { leaveOnServer: true }
const run = ({ account }: { readonly account: { readonly id: string } }) =>
  receive(world.admin, account.id)
const DONE = { state: 'DONE', problem: null }

it('F-7 stores two messages that bear one UIDL in one listing, once each', async () => {
  const box = await world.pop3(leaving)
  box.mailbox.put('f7-a', messageSource('f7-a'), 'same')
  box.mailbox.put('f7-b', messageSource('f7-b'), 'same')
  expect(await run(box)).toMatchObject({ ...DONE, found: 2, stored: 2 })
  expect(await run(box)).toMatchObject({ ...DONE, stored: 0 })
  expect(await box.faults()).toEqual(NO_FAULTS)
})

describe('F-8 two identical copies with one UIDL', () => {
  it.each([true, false])(
    'are one message, and come to rest; leaving mail: %s',
    async (leaveOnServer) => {
      const box = await world.pop3({ leaveOnServer })
      const source = messageSource('f8')
      box.mailbox.put('f8', source, 'twin')
      box.mailbox.put('f8', source, 'twin')
      expect(await run(box)).toMatchObject({ ...DONE, found: 2 })
      const { length } = box.server.heard.filter((line) => line.startsWith('RETR'))
      for (let n = 0; n < 2; n++)
        expect(await run(box)).toMatchObject({ ...DONE, found: 0, stored: 0 })
      // Not fetched for ever.
      expect(box.server.heard.filter((line) => line.startsWith('RETR'))).toHaveLength(length)
      expect(await box.faults()).toEqual(NO_FAULTS)
      expect(box.mailbox.ids).toHaveLength(leaveOnServer ? 2 : 0)
    },
  )
})

describe('F-9 a UIDL that is given to a new message', () => {
  it('after we have removed the first', async () => {
    const box = await world.pop3()
    for (const id of ['f9-a', 'f9-b', 'f9-c']) {
      box.mailbox.put(id, messageSource(id), '1')
      expect(await run(box)).toMatchObject({ ...DONE, found: 1, stored: 1 })
    }
    expect(await box.faults()).toEqual(NO_FAULTS)
    expect(box.mailbox.ids).toEqual([])
  })

  it('after somebody else has removed the first, as a listing between has shown', async () => {
    const box = await world.pop3(leaving)
    const first = box.mailbox.put('f9-d', messageSource('f9-d'), '1')
    await run(box)
    box.mailbox.remove(first)
    await run(box)
    box.mailbox.put('f9-e', messageSource('f9-e'), '1')
    expect(await run(box)).toMatchObject({ ...DONE, found: 1, stored: 1 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })
})

describe('F-10 a server without UIDL', () => {
  it.each([true, false])('is received by content; leaving mail: %s', async (leaveOnServer) => {
    const box = await world.pop3({ leaveOnServer })
    box.server.hasUidl = false
    box.mailbox.deliver(4)
    expect(await run(box)).toMatchObject({ ...DONE, stored: 4 })
    box.mailbox.deliver(2)
    expect(await run(box)).toMatchObject({ ...DONE, stored: 2 })
    expect(await run(box)).toMatchObject({ ...DONE, stored: 0 })
    expect(await box.faults()).toEqual(NO_FAULTS)
    expect(box.mailbox.ids).toHaveLength(leaveOnServer ? 6 : 0)
  })

  it('stays without doubles when UIDL comes and goes', async () => {
    const box = await world.pop3(leaving)
    box.mailbox.deliver(3)
    for (const hasUidl of [true, false, true, false]) {
      box.server.hasUidl = hasUidl
      expect(await run(box)).toMatchObject(DONE)
    }
    expect(await box.faults()).toEqual(NO_FAULTS)
  })
})

const UIDL_FAULTS: Record<string, string> = {
  'a shorter list': '+OK\r\n1 u1\r\n.\r\n',
  'rows out of order, twice, and of no message':
    '+OK\r\n3 u3\r\n1 u1\r\n1 u1\r\n0 u0\r\n99 u99\r\n2 u2\r\n.\r\n',
  'huge numbers': '+OK\r\n1 u1\r\n99999999999999999999 x\r\n2 u2\r\n3 u3\r\n.\r\n',
}

describe('F-11 UIDL answers', () => {
  it.each(Object.entries(UIDL_FAULTS))('%s', async (_name, say) => {
    const box = await world.pop3(leaving)
    box.mailbox.deliver(3)
    box.server.hook = faultAt({ verb: 'UIDL' }, { say })
    expect(await run(box)).toMatchObject({ state: 'DONE', stored: 3 })
    expect(await run(box)).toMatchObject({ state: 'DONE', stored: 0 })
    box.server.hook = undefined
    expect(await run(box)).toMatchObject({ ...DONE, stored: 0 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('of 200,001 rows are refused at the cap, and nothing is removed', async () => {
    const box = await world.pop3()
    box.mailbox.deliver(2)
    const rows = Array.from({ length: 200_001 }, (_, n) => `${n + 1} u${n}\r\n`).join('')
    box.server.hook = faultOnce({ verb: 'UIDL' }, { say: `+OK\r\n${rows}.\r\n` })
    expect(await run(box)).toMatchObject({ state: 'FAILED', stored: 0 })
    expect(box.mailbox.ids).toHaveLength(2)
    expect(await run(box)).toMatchObject({ ...DONE, stored: 2 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })
})

it('F-12 doubles nothing when a listing is empty once', async () => {
  const box = await world.pop3(leaving)
  box.mailbox.deliver(5)
  await run(box)
  box.server.shows = () => []
  expect(await run(box)).toMatchObject({ ...DONE, found: 0 })
  box.server.shows = (messages) => messages
  expect(await run(box)).toMatchObject({ ...DONE, stored: 0 })
  expect(await run(box)).toMatchObject({ ...DONE, found: 0, stored: 0 })
  expect(await box.faults()).toEqual(NO_FAULTS)
})

describe('F-13 a server that lists the newest alone', () => {
  it.each([true, false])('loses and doubles nothing; leaving mail: %s', async (leaveOnServer) => {
    const box = await world.pop3({ leaveOnServer })
    box.server.shows = (messages) => messages.slice(-4)
    for (let n = 0; n < 5; n++) {
      box.mailbox.deliver(3)
      expect(await run(box)).toMatchObject(DONE)
    }
    // In the end it shows what it has held back.
    box.server.shows = (messages) => messages
    expect(await run(box)).toMatchObject(DONE)
    expect(await box.faults()).toEqual(NO_FAULTS)
  })
})

describe('F-16 a server that changes the bytes of a message', () => {
  it.each([true, false])('doubles nothing; other mail was there: %s', async (hasOthers) => {
    const box = await world.pop3(leaving)
    if (hasOthers) box.mailbox.deliver(2)
    const message = box.mailbox.put('f16', messageSource('f16'))
    await run(box)
    message.source = Buffer.concat([Buffer.from('X-Spam: yes\r\n'), message.source])
    expect(await run(box)).toMatchObject({ ...DONE, found: 0, stored: 0 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })
})

it('A-8 tells that QUIT did not remove all, and removes the rest the next time', async () => {
  const box = await world.pop3()
  const [kept] = box.mailbox.deliver(4)
  box.server.keeps = ({ id }) => id === kept
  expect(await run(box)).toMatchObject({ state: 'DONE', stored: 4, problem: 'REMOVAL_REFUSED' })
  expect(box.mailbox.ids).toEqual([kept])
  box.server.keeps = () => false
  expect(await run(box)).toMatchObject({ ...DONE, stored: 0 })
  expect(box.mailbox.ids).toEqual([])
  expect(await box.faults()).toEqual(NO_FAULTS)
})

it('F-15 receives the others where one message is refused, and that one later', async () => {
  const box = await world.pop3()
  const [, refused] = box.mailbox.deliver(4)
  box.server.hook = faultAt({ verb: 'RETR', argument: /^2$/ }, { say: '-ERR broken\r\n' })
  expect(await run(box)).toMatchObject({ state: 'DONE', found: 4, stored: 3, failed: 1 })
  expect(box.mailbox.ids).toEqual([refused])
  box.server.hook = undefined
  expect(await run(box)).toMatchObject({ ...DONE, found: 1, stored: 1 })
  expect(await box.faults()).toEqual(NO_FAULTS)
})
