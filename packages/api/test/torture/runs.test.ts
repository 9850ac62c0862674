import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DELETE_ACCOUNT, findAccount, UPDATE_ACCOUNT } from '../support/accounts-kit.js'
import { DELETE } from '../support/mail-servers-kit.js'
import { endOf, receive, startReceiving } from '../support/receiving-kit.js'
import { isAt, meanwhile, type Place } from '../support/torture/fault.js'
import { NO_FAULTS, TortureWorld, type TortureBox } from '../support/torture/torture-world.js'
import { createUser, DEACTIVATE_USER, DELETE_USER } from '../support/users-kit.js'

/** What people do while mail is received. */
let world: TortureWorld
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterAll(() => world.close())

const DONE = { state: 'DONE', problem: null }
const FETCH: Record<'POP3' | 'IMAP4', Place> = {
  POP3: { verb: 'RETR' },
  IMAP4: { verb: 'UID FETCH', argument: /BODY/ },
}

/** Changes the account as its form does. */
async function change({ account }: TortureBox, changed: object): Promise<void> {
  const now = await findAccount(world.admin, account.id)
  if (now === null) throw new Error('the account is gone')
  const { code, name, email, incomingUsername, leaveOnServer } = now
  await world.admin.ask(UPDATE_ACCOUNT, {
    id: account.id,
    version: now.version,
    input: {
      ...{ code, name, email, incomingUsername, leaveOnServer },
      ...{ userId: now.user.id, mailServerId: now.mailServer.id },
      ...changed,
    },
  })
}

const countOf = async (table: string, accountId: string) => {
  const { rows } = await world.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE account_id = $1`,
    [accountId],
  )
  return rows[0]?.count
}

describe.each(['POP3', 'IMAP4'] as const)('%s', (protocol) => {
  it('A-11 receives once where it is asked for ten times at once', async () => {
    const box = await world.box(protocol)
    box.mailbox.deliver(5)
    let release: () => void = () => undefined
    const asked = new Promise<void>((resolve) => (release = resolve))
    box.server.hook = meanwhile({ verb: 'CONNECT' }, () => asked)
    const runs = await Promise.all(
      Array.from({ length: 10 }, () => startReceiving(world.admin, box.account.id)),
    )
    release()
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
    expect(await endOf(world.admin, runs[0]?.id ?? '')).toMatchObject({ ...DONE, stored: 5 })
    expect(box.server.sessions).toBe(1)
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('P-5 stops a run of somebody who is deactivated, and takes nothing more', async () => {
    const { id: userId } = await createUser(world.admin)
    const box = await world.box(protocol, { userId })
    box.mailbox.deliver(3)
    box.server.hook = async (moment) => {
      if (!isAt(moment, FETCH[protocol])) return undefined
      await world.admin.ask(DEACTIVATE_USER, { id: userId })
      return 'STALL'
    }
    expect(await receive(world.admin, box.account.id)).toMatchObject({
      ...{ state: 'FAILED', problem: 'USER_DEACTIVATED', stored: 0 },
    })
    await expect.poll(() => box.server.openConnections).toBe(0)
    expect(box.mailbox.ids).toHaveLength(3)
    expect(box.mailbox.unread).toHaveLength(3)
  })

  it('A-15 keeps to leaving mail, or removing it, as the run began', async () => {
    const box = await world.box(protocol, { leaveOnServer: true })
    box.mailbox.deliver(3)
    box.server.hook = meanwhile(FETCH[protocol], () => change(box, { leaveOnServer: false }))
    expect(await receive(world.admin, box.account.id)).toMatchObject({ ...DONE, stored: 3 })
    expect(box.server.heard.join('\n')).not.toMatch(/DELE|EXPUNGE|Deleted/)
    box.mailbox.deliver(2)
    box.server.hook = meanwhile(FETCH[protocol], () => change(box, { leaveOnServer: true }))
    expect(await receive(world.admin, box.account.id)).toMatchObject({ ...DONE, stored: 2 })
    // What was read before is no news over IMAP4, and stays.
    expect(box.mailbox.ids).toHaveLength(protocol === 'POP3' ? 0 : 3)
    expect(await box.faults()).toEqual(NO_FAULTS)
  })

  it('A-16 ends at the server where it began, and goes to the new one the next time', async () => {
    const box = await world.box(protocol)
    const other = await world.box(protocol, { host: '127.0.0.2' })
    const own = box.mailbox.deliver(4)
    box.server.hook = meanwhile(FETCH[protocol], () =>
      change(box, { mailServerId: other.mailServerId, incomingPassword: 'another one' }),
    )
    expect(await receive(world.admin, box.account.id)).toMatchObject({ ...DONE, stored: 4 })
    expect(other.server.sessions).toBe(0)
    expect(box.mailbox.ids).toEqual([])
    expect(box.tooEarly).toEqual([])
    // The other's mail goes to this account now.
    const theirs = other.mailbox.deliver(2)
    other.mailbox.guard = box.mailbox.guard
    expect(await receive(world.admin, box.account.id)).toMatchObject({ ...DONE, stored: 2 })
    expect((await box.stored()).map(({ id }) => id)).toEqual([...own, ...theirs])
    expect(box.tooEarly).toEqual([])
    expect(other.server.heard.some((line) => line.includes('another one'))).toBe(true)
  })

  it('A-17 stores all of a new server whose ids are the same', async () => {
    const box = await world.box(protocol, { leaveOnServer: true })
    const other = await world.box(protocol, { host: '127.0.0.3', leaveOnServer: true })
    const own = box.mailbox.deliver(3)
    await receive(world.admin, box.account.id)
    const theirs = other.mailbox.deliver(3)
    expect(other.mailbox.messages.map(({ uidl }) => uidl)).toEqual(
      box.mailbox.messages.map(({ uidl }) => uidl),
    )
    await change(box, { mailServerId: other.mailServerId })
    expect(await receive(world.admin, box.account.id)).toMatchObject({ ...DONE, stored: 3 })
    expect((await box.stored()).map(({ id }) => id)).toEqual([...own, ...theirs])
  })

  it('M-12, M-13 ends in good order where its server is deleted meanwhile', async () => {
    const box = await world.box(protocol)
    box.mailbox.deliver(3)
    box.server.hook = meanwhile(FETCH[protocol], () =>
      world.admin.ask(DELETE, { id: box.mailServerId }),
    )
    expect(await receive(world.admin, box.account.id)).toMatchObject({ ...DONE, stored: 3 })
    const account = await findAccount(world.admin, box.account.id)
    expect(account?.mailServer.id).toBe(box.mailServerId)
    expect(account?.mailServer.deletedAt).not.toBeNull()
    expect(await receive(world.admin, box.account.id)).toMatchObject({
      state: 'FAILED',
      problem: 'MAIL_SERVER_DELETED',
    })
    expect(await box.faults()).toEqual(NO_FAULTS)
    expect(box.mailbox.ids).toEqual([])
  })

  it.each(['account', 'user'] as const)(
    'M-14 stores and removes nothing once its %s is deleted',
    async (what) => {
      const user = await createUser(world.admin)
      const box = await world.box(protocol, { userId: user.id })
      box.mailbox.deliver(4)
      box.server.hook = meanwhile(FETCH[protocol], () =>
        what === 'user'
          ? world.admin.ask(DELETE_USER, { id: user.id })
          : world.admin.ask(DELETE_ACCOUNT, { id: box.account.id }),
      )
      await startReceiving(world.admin, box.account.id)
      await expect.poll(() => box.server.heard).toContain('GONE')
      await expect.poll(() => box.server.openConnections).toBe(0)
      expect(box.mailbox.ids).toHaveLength(4)
      expect(box.mailbox.unread).toHaveLength(4)
      for (const table of ['message', 'received_identity', 'receive_run', 'account_receiving']) {
        expect(await countOf(table, box.account.id), table).toBe(0)
      }
      expect(box.server.sessions).toBe(1)
    },
  )

  it('M-14 leaves no row behind of an account that is deleted when its mail is here', async () => {
    const box = await world.box(protocol)
    box.mailbox.deliver(4)
    box.server.hook = meanwhile({ verb: protocol === 'POP3' ? 'QUIT' : 'LOGOUT' }, () =>
      world.admin.ask(DELETE_ACCOUNT, { id: box.account.id }),
    )
    await startReceiving(world.admin, box.account.id)
    await expect.poll(() => box.server.heard).toContain('GONE')
    for (const table of ['message', 'received_identity', 'receive_run', 'mail_removal']) {
      await expect.poll(() => countOf(table, box.account.id)).toBe(0)
    }
    expect(box.tooEarly).toEqual([])
  })
})
