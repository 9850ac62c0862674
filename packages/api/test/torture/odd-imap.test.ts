import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receive } from '../support/receiving-kit.js'
import { meanwhile, type Place } from '../support/torture/fault.js'
import { NO_FAULTS, TortureWorld } from '../support/torture/torture-world.js'

/** IMAP servers that other clients use too, whose numbers change, and that do not do as they are told. */
let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterAll(() => world.close())

const leaving = { leaveOnServer: true }
const run = ({ account }: { readonly account: { readonly id: string } }) =>
  receive(world.admin, account.id)
const DONE = { state: 'DONE', problem: null }
const SIZES: Place = { verb: 'UID FETCH', argument: /SIZE/ }
const BODIES: Place = { verb: 'UID FETCH', argument: /BODY/ }

describe.each([true, false])('leaving mail: %s', (leaveOnServer) => {
  it('B-2 reads by BODY.PEEK[] alone', async () => {
    const box = await world.imap({ leaveOnServer })
    box.mailbox.deliver(3)
    await run(box)
    const fetches = box.server.heard.filter((line) => line.includes('FETCH'))
    expect(fetches.some((line) => line.includes('BODY.PEEK[]'))).toBe(true)
    expect(fetches.join('\n')).not.toMatch(/BODY\[|RFC822\)|RFC822\.TEXT/)
  })

  it('B-3 takes a message that another client reads meanwhile whole, or not at all', async () => {
    const box = await world.imap({ leaveOnServer })
    box.mailbox.deliver(5)
    const [first] = box.mailbox.messages
    box.server.hook = meanwhile(BODIES, () => {
      if (first !== undefined) first.seen = true
    })
    expect(await run(box)).toMatchObject({ ...DONE, found: 5, stored: 5 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('B-4 receives the others where another client removes one meanwhile', async () => {
    const box = await world.imap({ leaveOnServer })
    const [gone = '', ...others] = box.mailbox.deliver(5)
    box.server.hook = meanwhile(BODIES, () =>
      box.mailbox.remove(...box.mailbox.messages.filter(({ id }) => id === gone)),
    )
    expect(await run(box)).toMatchObject({ state: 'DONE', found: 5, stored: 4, failed: 1 })
    expect((await box.stored()).map(({ id }) => id)).toEqual(others)
    expect(await run(box)).toMatchObject({ ...DONE, found: 0 })
    expect(await box.faults()).toMatchObject({ ...NO_FAULTS, lost: [gone], missing: [gone] })
  })

  it('B-4 does not count what another client removes before its size is asked for', async () => {
    const box = await world.imap({ leaveOnServer })
    const [gone = '', ...others] = box.mailbox.deliver(5)
    box.server.hook = meanwhile(SIZES, () =>
      box.mailbox.remove(...box.mailbox.messages.filter(({ id }) => id === gone)),
    )
    expect(await run(box)).toMatchObject({ ...DONE, found: 4, stored: 4 })
    expect((await box.stored()).map(({ id }) => id)).toEqual(others)
  })

  it('B-6 doubles nothing where UIDVALIDITY changes between two runs', async () => {
    const box = await world.imap({ leaveOnServer: true })
    box.server.ignoresStore = true
    box.mailbox.deliver(4)
    await run(box)
    box.mailbox.renumber(4711)
    box.mailbox.deliver(2)
    box.server.ignoresStore = false
    expect(await run(box)).toMatchObject({ ...DONE, found: 6, stored: 2, alreadyHad: 4 })
    expect(await box.faults()).toEqual(NO_FAULTS)
    expect(box.mailbox.unread).toEqual([])
  })

  it.each([
    { place: BODIES, forbidden: /STORE|EXPUNGE/ },
    // Too late for what is on its way already, which names nobody any more.
    { place: { ...BODIES, phase: 'AFTER' as const }, forbidden: /EXPUNGE/ },
    { place: { verb: 'UID STORE' }, forbidden: /EXPUNGE/ },
  ])('B-7 heeds that UIDVALIDITY changes at $place', async ({ place, forbidden }) => {
    const box = await world.imap({ leaveOnServer })
    box.mailbox.deliver(3)
    box.server.hook = meanwhile(place, () => {
      box.mailbox.renumber(4712)
      box.server.announcesValidity = true
    })
    await run(box)
    // What had these numbers before has others now: none is touched by the old ones.
    const first = box.server.transcript.filter(({ session }) => session === 1)
    expect(first.map(({ line }) => line).join('\n')).not.toMatch(forbidden)
    expect(await run(box)).toMatchObject(DONE)
    expect(await box.faults()).toEqual(NO_FAULTS)
    expect(box.mailbox.unread).toEqual([])
  })

  it.each([undefined, 0])('B-7 doubles nothing with UIDVALIDITY %s', async (uidValidity) => {
    const box = await world.imap({ leaveOnServer })
    box.mailbox.uidValidity = uidValidity
    box.mailbox.deliver(3)
    expect(await run(box)).toMatchObject({ state: 'DONE', stored: 3 })
    box.mailbox.deliver(1)
    expect(await run(box)).toMatchObject({ state: 'DONE', stored: 1 })
    expect(await run(box)).toMatchObject({ state: 'DONE', stored: 0 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('B-8 stores mail that stays unread once', async () => {
    const box = await world.imap({ leaveOnServer })
    box.server.isReadOnly = true
    box.mailbox.deliver(3)
    expect(await run(box)).toMatchObject({ state: 'DONE', stored: 3 })
    for (let n = 0; n < 3; n++) expect(await run(box)).toMatchObject({ stored: 0, alreadyHad: 3 })
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('B-9 counts and reports what the server does not give, and gets it the next time', async () => {
    const box = await world.imap({ leaveOnServer })
    box.mailbox.deliver(7)
    const [, hidden] = box.mailbox.messages
    box.server.withholds = (message) => message === hidden
    expect(await run(box)).toMatchObject({ state: 'DONE', found: 7, stored: 6, failed: 1 })
    box.server.withholds = () => false
    expect(await run(box)).toMatchObject({ ...DONE, found: 1, stored: 1 })
    expect(await box.faults()).toEqual(NO_FAULTS)
    expect(box.mailbox.ids).toHaveLength(leaveOnServer ? 7 : 0)
  })

  it('B-13 keeps to the right messages where sequence numbers shift', async () => {
    const box = await world.imap({ leaveOnServer })
    const read = box.mailbox.deliver(3)
    for (const message of box.mailbox.messages) message.seen = true
    const wanted = box.mailbox.deliver(5)
    box.server.hook = meanwhile(BODIES, () => {
      // All numbers go down by three, and new mail comes after.
      box.mailbox.remove(...box.mailbox.messages.filter(({ id }) => read.includes(id)))
      box.mailbox.deliver(2)
    })
    expect(await run(box)).toMatchObject({ ...DONE, found: 5, stored: 5 })
    expect((await box.stored()).map(({ id }) => id)).toEqual(wanted)
    expect(box.tooEarly).toEqual([])
    expect(box.mailbox.unread).toHaveLength(2)
    expect(box.mailbox.ids).toHaveLength(leaveOnServer ? 7 : 2)
  })
})

it('B-10 leaves what another client has marked where the server has no UIDPLUS', async () => {
  const box = await world.imap()
  box.server.hasUidPlus = false
  const [others = ''] = box.mailbox.deliver(1)
  for (const message of box.mailbox.messages) Object.assign(message, { seen: true, deleted: true })
  box.mailbox.deliver(3)
  expect(await run(box)).toMatchObject({ state: 'DONE', stored: 3 })
  expect(box.mailbox.ids).toContain(others)
  expect(box.server.heard.join('\n')).not.toMatch(/EXPUNGE/)
  expect(await run(box)).toMatchObject({ state: 'DONE', stored: 0 })
  expect(box.tooEarly).toEqual([])
})

it('B-10 marks what is to go after some days once, where the server has no UIDPLUS', async () => {
  const box = await world.imap(leaving)
  box.server.hasUidPlus = false
  box.mailbox.deliver(2)
  await run(box)
  await world.pool.query('UPDATE mail_account SET delete_after_days = 1 WHERE id = $1', [
    box.account.id,
  ])
  await world.pool.query(
    `UPDATE received_identity SET received_at = now() - interval '2 days' WHERE account_id = $1`,
    [box.account.id],
  )
  const [kept, ...others] = box.mailbox.messages
  expect(await run(box)).toMatchObject(DONE)
  expect(box.mailbox.messages.map(({ deleted }) => deleted)).toEqual([true, true])
  // Somebody wants to keep this one after all.
  if (kept !== undefined) kept.deleted = false
  box.server.forget()
  expect(await run(box)).toMatchObject(DONE)
  expect(box.server.heard.join('\n')).not.toMatch(/STORE|EXPUNGE/)
  expect(kept?.deleted).toBe(false)
  expect(others.every(({ deleted }) => deleted)).toBe(true)
  expect(await box.faults()).toEqual(NO_FAULTS)
})

it('B-10 removes its own by UID where another client has marked some too', async () => {
  const box = await world.imap()
  const [others = ''] = box.mailbox.deliver(1)
  for (const message of box.mailbox.messages) Object.assign(message, { seen: true, deleted: true })
  box.mailbox.deliver(3)
  expect(await run(box)).toMatchObject({ ...DONE, stored: 3 })
  expect(box.mailbox.ids).toEqual([others])
})

it('B-11 opens the INBOX and no other folder', async () => {
  const box = await world.imap(leaving)
  box.server.folders = ['Inbox', 'INBOX/Archive', 'Sent', 'inbox2']
  box.mailbox.deliver(2)
  expect(await run(box)).toMatchObject({ ...DONE, stored: 2 })
  const opened = box.server.heard.filter((line) => /SELECT|EXAMINE/.test(line))
  expect(opened.map((line) => line.replace(/^\S+ /, ''))).toEqual(['SELECT INBOX'])
})
