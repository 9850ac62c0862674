import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { RETRY_MINUTES } from '@mailroom/shared'
import { DELETE_ACCOUNT, UPDATE_ACCOUNT, accountInput } from '../support/accounts-kit.js'
import { RESTORE_MESSAGES } from '../support/mailbox-kit.js'
import {
  endOfSending,
  hurry,
  putOff,
  readSending,
  RETRY,
  sendingWhere,
  sourceOf,
  upload,
  type ReadSending,
} from '../support/sending-kit.js'
import {
  CREATE_USER,
  DEACTIVATE_USER,
  DELETE_USER,
  userInput,
  type ReadUser,
} from '../support/users-kit.js'
import { faultAt, faultOnce, meanwhile } from '../support/torture/fault.js'
import { idOf } from '../support/torture/fake-smtp.js'
import { OutBox } from '../support/torture/out-box.js'
import { TortureWorld } from '../support/torture/torture-world.js'

/** Servers that refuse, break off and are silent while mail is sent: group C. */
let world: TortureWorld
const boxes: OutBox[] = []
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterEach(() => Promise.all(boxes.splice(0).map((box) => box.stop())))
afterAll(() => world.close())

async function open(
  ...options: Parameters<typeof OutBox.open> extends [unknown, ...infer R] ? R : never
) {
  const box = await OutBox.open(world, ...options)
  boxes.push(box)
  return box
}

const SIGNED_IN = { outgoing: { authMethod: 'PLAIN' } }
const STEPS = ['CONNECT', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', '.'] as const

describe('C-4 a server that says "later"', () => {
  it('at any step is asked again, and the message arrives once', async () => {
    const atStep = async (verb: (typeof STEPS)[number], n: number) => {
      const box = await open({ ...SIGNED_IN, host: `127.0.0.${2 + n}` })
      box.smtp.hook = faultOnce({ verb }, { say: '451 4.3.0 try later\r\n' })
      const { id } = await box.send()
      const waiting = await putOff(world.admin, id)
      expect.soft(waiting.detail, verb).toContain('451 4.3.0 try later')
      const minutes = (Date.parse(waiting.nextAttemptAt ?? '') - Date.now()) / 60_000
      expect.soft(minutes, verb).toBeGreaterThan(0.5)
      expect.soft(minutes, verb).toBeLessThanOrEqual(1)
      await hurry(world.database, id)
      const end = await endOfSending(world.admin, id)
      expect.soft(end, verb).toMatchObject({ state: 'SENT', attempts: 2 })
      expect.soft(box.smtp.deliveries, verb).toHaveLength(1)
    }
    await Promise.all(STEPS.map(atStep))
  })

  it('with 421 in the midst of a body is asked again', async () => {
    const box = await open()
    // Whoever says that closes (RFC 5321 section 3.8): a 250 after it would be a second answer.
    const closing = { say: '421 4.3.2 closing\r\n', hangsUp: true }
    box.smtp.hook = faultOnce({ verb: 'BODY' }, closing)
    const { id } = await box.send()
    await putOff(world.admin, id)
    await hurry(world.database, id)
    await endOfSending(world.admin, id)
    expect(box.smtp.deliveries).toHaveLength(1)
  })

  it('again and again is given up in its own words, later and later (C-11: the same message)', async () => {
    const box = await open()
    box.smtp.hook = faultAt({ verb: '.' }, { say: '452 4.3.1 full\r\n' })
    const { id, message } = await box.send()
    // Between the first two and the last one the same happens.
    const last = RETRY_MINUTES.length - 1
    for (const n of [0, 1, last]) {
      const minutes = RETRY_MINUTES[n] ?? 0
      const waiting = await sendingWhere(
        world.admin,
        id,
        ({ state, attempts }) => state === 'QUEUED' && attempts === n + 1,
      )
      const wait = (Date.parse(waiting.nextAttemptAt ?? '') - Date.now()) / 60_000
      expect(wait).toBeGreaterThan(minutes * 0.9 - 0.5)
      expect(wait).toBeLessThanOrEqual(minutes)
      if (n === 1) {
        await world.database.rows('UPDATE sending SET attempts = $2 WHERE id = $1', [id, last])
      }
      await hurry(world.database, id)
    }
    const end = await endOfSending(world.admin, id)
    expect(end).toMatchObject({ state: 'FAILED', attempts: RETRY_MINUTES.length + 1 })
    expect(end.detail).toContain('452 4.3.1 full')
    expect(end.rejectedRecipients).toEqual(['hanako@example.jp'])
    box.smtp.hook = undefined
    await world.admin.ask(RETRY, { id })
    expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT', attempts: 1 })
    const kept = (await sourceOf(world.admin, message.id)).toString('latin1')
    expect(box.smtp.taken.map(({ source }) => source)).toEqual([kept])
  })

  it('is asked again where it is not there at all', async () => {
    const box = await open({ outgoing: { port: 1 } })
    const { id } = await box.send()
    expect(await putOff(world.admin, id)).toMatchObject({ problem: 'CONNECT_REFUSED' })
  })
})

describe('C-5 a server that says "no"', () => {
  it.each(STEPS)('at %s is believed', async (verb) => {
    const box = await open(SIGNED_IN)
    // A server without EHLO is asked by HELO, and has no AUTH then.
    box.smtp.hook = faultAt({ verb }, { say: '554 5.7.1 never\r\n' })
    const { id } = await box.send()
    const end = await endOfSending(world.admin, id)
    expect(end).toMatchObject({ state: 'FAILED', attempts: 1, nextAttemptAt: null })
    if (verb !== 'EHLO') expect(end.detail).toContain('554 5.7.1 never')
    expect(box.smtp.taken).toEqual([])
  })
})

describe('what comes between the final dot and its answer', () => {
  it('C-7 a server that hangs makes it unconfirmed at the time-out, and nobody sends it again', async () => {
    const box = await open({ timeoutSeconds: 1 })
    box.smtp.hook = faultAt({ verb: '.' }, 'STALL')
    const { id } = await box.send()
    const end = await endOfSending(world.admin, id)
    expect(end).toMatchObject({ state: 'UNCONFIRMED', attempts: 1, nextAttemptAt: null })
    box.smtp.hook = undefined
    await box.send()
    await expect.poll(() => box.smtp.taken.length).toBe(1)
    expect(box.smtp.dots).toBe(2)
    expect(await readSending(world.admin, id)).toMatchObject({ state: 'UNCONFIRMED' })
  })

  it.each(['FIN', 'RST'] as const)(
    'C-6 a %s before the 250 makes it unconfirmed',
    async (fault) => {
      const box = await open()
      box.smtp.hook = faultOnce({ verb: '.' }, fault)
      const { id } = await box.send()
      const end = await endOfSending(world.admin, id)
      expect(end).toMatchObject({ state: 'UNCONFIRMED', message: { folder: 'OUTBOX' } })
      // The person decides.
      await world.admin.ask(RETRY, { id })
      expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT' })
      expect(box.smtp.taken).toHaveLength(1)
    },
  )
})

describe('C-10 recipients that are refused', () => {
  const to = ['good@example.jp', 'never@example.jp', 'later@example.jp']

  it('are named one by one, and who has it gets it no more', async () => {
    const box = await open()
    let isLater = true
    box.smtp.refuses = (address) => {
      if (address.startsWith('never')) return '550 5.1.1 no such user'
      return address.startsWith('later') && isLater ? '450 4.2.1 greylisted' : undefined
    }
    const { id } = await box.send({ to })
    const waiting = await putOff(world.admin, id)
    expect(waiting.recipients).toMatchObject([
      { address: 'good@example.jp', state: 'ACCEPTED' },
      { address: 'never@example.jp', state: 'REFUSED', said: '550 5.1.1 no such user' },
      { address: 'later@example.jp', state: 'PENDING', said: '450 4.2.1 greylisted' },
    ])
    isLater = false
    await hurry(world.database, id)
    expect(await endOfSending(world.admin, id)).toMatchObject({
      ...{ state: 'SENT', acceptedRecipients: ['good@example.jp', 'later@example.jp'] },
      rejectedRecipients: ['never@example.jp'],
    })
    expect(box.smtp.taken.map((each) => each.to)).toEqual([
      ['good@example.jp'],
      ['later@example.jp'],
    ])
  })

  it('make it FAILED where nobody is left', async () => {
    const box = await open()
    box.smtp.refuses = (address) => `550 5.1.1 <${address}> unknown`
    const { id } = await box.send({ to })
    const end = await endOfSending(world.admin, id)
    expect(end).toMatchObject({ state: 'FAILED', problem: 'RECIPIENT_REFUSED' })
    expect(end.recipients.map(({ said }) => said)).toEqual(
      to.map((address) => `550 5.1.1 <${address}> unknown`),
    )
  })
})

describe('C-12 POP before SMTP', () => {
  const POP_FIRST = { outgoing: { popBeforeSmtp: true } }
  const signIns = (box: OutBox) => box.pop3.heard.filter((line) => line.startsWith('PASS')).length

  it('that is refused is named as such, and SMTP is not tried', async () => {
    const box = await open(POP_FIRST)
    box.pop3.hook = faultAt({ verb: 'PASS' }, { say: '-ERR [AUTH] no\r\n' })
    const { id } = await box.send()
    const end = await endOfSending(world.admin, id)
    expect(end).toMatchObject({ state: 'FAILED', problem: 'POP_BEFORE_SMTP_FAILED' })
    expect(end.detail).toContain('AUTH_REJECTED')
    expect(box.smtp.sessions).toBe(0)
  })

  it('that hangs is named as such, and tried again later', async () => {
    const box = await open({ ...POP_FIRST, timeoutSeconds: 1 })
    box.pop3.hook = faultOnce({ verb: 'PASS' }, 'STALL')
    const { id } = await box.send()
    expect(await putOff(world.admin, id)).toMatchObject({ problem: 'POP_BEFORE_SMTP_FAILED' })
    expect(box.smtp.sessions).toBe(0)
  })

  it('is done once for two messages at once, and its QUIT may fail', async () => {
    const box = await open(POP_FIRST)
    box.smtp.admits = () => signIns(box) > 0
    box.pop3.hook = faultAt({ verb: 'QUIT' }, 'STALL')
    const sendings = await Promise.all([box.send(), box.send(), box.send()])
    for (const { id } of sendings) {
      expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT', attempts: 1 })
    }
    expect(signIns(box)).toBe(1)
  })

  it('is done anew where the server has forgotten it', async () => {
    const box = await open(POP_FIRST)
    let forgotten = 0
    box.smtp.admits = () => signIns(box) > forgotten
    await endOfSending(world.admin, (await box.send()).id)
    // Its connection is gone as well, as after a restart.
    forgotten = 1
    box.smtp.hook = faultOnce({ verb: 'MAIL' }, 'FIN')
    const { id } = await box.send()
    expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT', attempts: 1 })
    expect(signIns(box)).toBe(2)
  })
})

describe('C-13 whose name and password', () => {
  const SENT = (name: string, password: string) =>
    `AUTH PLAIN ${Buffer.from(`\0${name}\0${password}`).toString('base64')}`

  it.each(['INCOMING', 'OUTGOING'])(
    'are sent where the server asks for %s',
    async (credentials) => {
      const box = await open({
        outgoing: { authMethod: 'PLAIN', credentials },
        account: {
          ...{ incomingUsername: 'in', incomingPassword: 'in-secret-1' },
          ...{ outgoingUsername: 'out', outgoingPassword: 'out-secret-2' },
        },
      })
      const { id } = await box.send()
      expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT' })
      const expected =
        credentials === 'INCOMING' ? SENT('in', 'in-secret-1') : SENT('out', 'out-secret-2')
      expect(box.smtp.heard.filter((line) => line.startsWith('AUTH'))).toEqual([expected])
    },
  )
})

describe('C-16 what is deleted meanwhile', () => {
  const held = { holdSeconds: 30 }
  const now = (id: string) => hurry(world.database, id)

  it('a server: what waits ends as FAILED, and says why', async () => {
    const box = await open()
    const { id } = await box.send(held)
    await world.admin.ask('mutation ($id: ID!) { deleteMailServer(id: $id) { id } }', {
      id: box.mailServerId,
    })
    await now(id)
    expect(await endOfSending(world.admin, id)).toMatchObject({
      ...{ state: 'FAILED', problem: 'MAIL_SERVER_DELETED' },
    })
    expect(box.smtp.sessions).toBe(0)
  })

  it('an account that is not in use: the same', async () => {
    const box = await open()
    const { id } = await box.send(held)
    const { account } = box
    const input = accountInput(world.adminId, box.mailServerId, {
      ...{ code: account.code, email: account.email, enabled: false },
    })
    await world.admin.ask(UPDATE_ACCOUNT, { id: account.id, version: account.version, input })
    await now(id)
    expect(await endOfSending(world.admin, id)).toMatchObject({
      ...{ state: 'FAILED', problem: 'MAIL_ACCOUNT_DISABLED' },
    })
  })

  it('a message of which nobody knew whether it had arrived: nothing, until it is brought back', async () => {
    const box = await open()
    const { id, message } = await box.send(held)
    await world.database.rows('UPDATE message SET deleted_at = now() WHERE id = $1', [message.id])
    await now(id)
    // Whoever empties the outbox passes it by.
    expect(await endOfSending(world.admin, (await box.send()).id)).toMatchObject({ state: 'SENT' })
    expect(box.smtp.taken).toHaveLength(1)
    await world.admin.ask(RESTORE_MESSAGES, { ids: [message.id] })
    expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT' })
  })

  it('an account: nothing of its outbox goes out, and nothing stays', async () => {
    const box = await open()
    const { id } = await box.send()
    // In the midst of it, before the final dot.
    const other = await open()
    other.smtp.hook = meanwhile({ verb: 'DATA' }, () =>
      world.admin.ask(DELETE_ACCOUNT, { id: other.account.id }),
    )
    const { id: underWay } = await other.send()
    await expect.poll(() => readSending(world.admin, underWay)).toBeNull()
    await expect.poll(() => other.smtp.openConnections).toBe(0)
    expect(other.smtp.taken).toEqual([])
    expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT' })
  })
})

describe('C-16 whoever sends and', () => {
  const person = async () => {
    const { createUser } = await world.admin.ask<{ createUser: ReadUser }>(CREATE_USER, {
      input: userInput(),
    })
    const box = await open({ userId: createUser.id })
    return { id: createUser.id, box, held: await box.send({ holdSeconds: 30 }) }
  }

  it('is deactivated: what waits ends as FAILED, and says why', async () => {
    const { id, box, held } = await person()
    await world.admin.ask(DEACTIVATE_USER, { id })
    await hurry(world.database, held.id)
    expect(await endOfSending(world.admin, held.id)).toMatchObject({
      ...{ state: 'FAILED', problem: 'USER_DEACTIVATED' },
    })
    expect(box.smtp.sessions).toBe(0)
  })

  it('is deleted: nothing goes out, and nothing stays', async () => {
    const { id, box, held } = await person()
    await world.admin.ask(DELETE_USER, { id })
    expect(await readSending(world.admin, held.id)).toBeNull()
    // Somebody else's goes out meanwhile.
    expect(await endOfSending(world.admin, (await (await open()).send()).id)).toMatchObject({
      state: 'SENT',
    })
    expect(box.smtp.sessions).toBe(0)
  })
})

describe('C-17 a message that is too large', () => {
  it('for what the server says that it takes is not begun', async () => {
    const box = await open()
    box.smtp.extensions = ['SIZE 100000']
    const file = await upload(world.admin, 'large.bin', Buffer.alloc(200_000, 1))
    const { id } = await box.send({ attachmentIds: [file.id] })
    const end = await endOfSending(world.admin, id)
    expect(end).toMatchObject({ state: 'FAILED', problem: 'MESSAGE_REFUSED' })
    expect(end.detail).toMatch(/takes 100000/)
    expect(box.smtp.heard.filter((line) => /^(MAIL|DATA)/.test(line))).toEqual([])
  })

  it('as it says at the end only, is FAILED in its words', async () => {
    const box = await open()
    box.smtp.extensions = []
    box.smtp.hook = faultAt({ verb: '.' }, { say: '552 5.3.4 too big\r\n' })
    const file = await upload(world.admin, 'large.bin', Buffer.alloc(200_000, 1))
    const { id } = await box.send({ attachmentIds: [file.id] })
    const end = await endOfSending(world.admin, id)
    expect([end.state, end.detail]).toEqual(['FAILED', '552 5.3.4 too big'])
  })
})

describe('connections', () => {
  it('are used for the next message, never for another account’s, and closed when idle', async () => {
    const box = await open()
    for (let n = 0; n < 3; n++) {
      const sending: ReadSending = await box.send()
      await endOfSending(world.admin, sending.id)
    }
    expect(box.smtp.sessions).toBe(1)
    await expect.poll(() => box.smtp.openConnections).toBe(0)
    expect(box.smtp.heard.at(-2)).toBe('QUIT')
  })

  it('that were closed while they waited say nothing of the message', async () => {
    const box = await open()
    await endOfSending(world.admin, (await box.send()).id)
    box.smtp.hook = faultOnce({ verb: 'MAIL' }, 'RST')
    const { id } = await box.send()
    expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT', attempts: 1 })
    expect(new Set(box.smtp.taken.map(({ source }) => idOf(source))).size).toBe(2)
  })

  it('are not opened for each message once a sign-in was refused', async () => {
    const box = await open(SIGNED_IN)
    box.smtp.hook = faultAt({ verb: 'AUTH' }, { say: '535 5.7.8 wrong\r\n' })
    const sendings = await Promise.all(Array.from({ length: 8 }, () => box.send()))
    for (const { id } of sendings) {
      expect(await endOfSending(world.admin, id)).toMatchObject({
        ...{ state: 'FAILED', problem: 'AUTH_REJECTED' },
      })
    }
    // As many as are opened at a time to one server.
    expect(box.smtp.heard.filter((line) => line.startsWith('AUTH')).length).toBeLessThan(5)
  })
})
