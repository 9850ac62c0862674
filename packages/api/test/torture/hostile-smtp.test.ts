import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { endOfSending } from '../support/sending-kit.js'
import { faultAt, faultOnce, type Fault, type Place } from '../support/torture/fault.js'
import { OutBox } from '../support/torture/out-box.js'
import { TortureWorld } from '../support/torture/torture-world.js'

/** SMTP servers that lie, flood and repeat what they were told: group H as a message meets it. */
let world: TortureWorld
const boxes: OutBox[] = []
beforeAll(async () => {
  world = await TortureWorld.start('all')
})
afterEach(() => Promise.all(boxes.splice(0).map((box) => box.stop())))
afterAll(() => world.close())

const PASSWORD = 'canary-7f3a9c-sesame'

async function open(outgoing: object = {}, timeoutSeconds = 5): Promise<OutBox> {
  const box = await OutBox.open(world, {
    outgoing: { authMethod: 'PLAIN', ...outgoing },
    account: { incomingUsername: 'taro', incomingPassword: PASSWORD },
    timeoutSeconds,
  })
  boxes.push(box)
  return box
}

describe('H-6 an EHLO without end', () => {
  it.each([
    ['of 300,000 lines', '250-X\r\n'.repeat(300_000)],
    ['of 10 MB in one line', `250-${'x'.repeat(10_000_000)}\r\n`],
  ])('%s is cut off, and costs no memory', async (_name, say) => {
    // What ends it is the amount; a busy machine takes its time to say so much.
    const box = await open({}, 60)
    box.smtp.hook = faultAt({ verb: 'EHLO' }, { say: `${say}250 end\r\n` })
    const { id } = await box.send()
    const before = process.memoryUsage().rss
    const end = await endOfSending(world.admin, id)
    expect(end).toMatchObject({ state: 'FAILED', problem: 'PROTOCOL_ERROR' })
    expect((end.detail ?? '').length).toBeLessThanOrEqual(500)
    // The server is in this process as well.
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })
})

describe('H-7 a server that is out of step', () => {
  it.each<[string, Place, Fault]>([
    ['354 to MAIL', { verb: 'MAIL' }, { say: '354 go on\r\n' }],
    ['250 to DATA', { verb: 'DATA' }, { say: '250 ok\r\n' }],
    ['250 before the body has ended', { verb: 'BODY' }, { say: '250 2.0.0 taken\r\n' }],
    ['three digits of nothing', { verb: 'RCPT' }, { say: '999 what\r\n' }],
    ['no reply at all', { verb: 'RCPT' }, { say: 'hello\r\n' }],
    ['codes that differ', { verb: 'RCPT' }, { say: '250-one\r\n550 two\r\n' }],
    ['two greetings', { verb: 'CONNECT' }, { say: '220 one\r\n220 two\r\n' }],
  ])('%s never makes it SENT', async (_name, place, fault) => {
    const box = await open()
    box.smtp.hook = faultOnce(place, fault)
    const { id } = await box.send()
    const end = await endOfSending(world.admin, id)
    expect(['FAILED', 'UNCONFIRMED']).toContain(end.state)
    expect(end.acceptedRecipients).toEqual([])
    // What is known to have failed is nowhere; the rest may have been on the wire before that was heard.
    if (end.state === 'FAILED') expect(box.smtp.taken).toEqual([])
  })
})

it('H-7 a second answer to the final dot: nobody knows which one it was', async () => {
  const box = await open()
  box.smtp.hook = faultOnce({ verb: '.' }, { say: '250 one\r\n250 two\r\n' })
  const { id } = await box.send()
  expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'UNCONFIRMED' })
})

it('H-12, H-14 does not offer what was chosen, and hears neither password nor message', async () => {
  const box = await open()
  box.smtp.extensions = ['AUTH LOGIN CRAM-MD5']
  const other = await open({ encryption: 'TLS' })
  for (const [{ smtp }, { id }, problem] of [
    [box, await box.send(), 'AUTH_METHOD_NOT_OFFERED'],
    [other, await other.send(), 'TLS_NOT_OFFERED'],
  ] as const) {
    expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'FAILED', problem })
    expect(smtp.heard.filter((line) => /^(AUTH|MAIL|DATA)/.test(line))).toEqual([])
  }
})

it('H-1, H-2 hears of nobody but those whom the person saw', async () => {
  const box = await open()
  const to = ["山田 (x), <o'hara+x@example.jp>", 'a@日本語.jp', 'b@[192.0.2.1]']
  const { id } = await box.send({ to, subject: '\u{1f389} .\u2026 =?utf-8?B?eA==?=' })
  expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT' })
  const heard = box.smtp.heard.filter((line) => line.startsWith('RCPT'))
  expect(heard.map((line) => /<(.*)>/.exec(line)?.[1])).toEqual([
    "o'hara+x@example.jp",
    'a@xn--wgv71a119e.jp',
    'b@[192.0.2.1]',
  ])
})

it('H-3 is told of one message whatever its text is', async () => {
  const box = await open()
  const text = '.\r\n..\n\r.\r\nQUIT\r\nMAIL FROM:<evil@x.y>\n'
  const html = `<p>.\r\n.\r\n${'x'.repeat(150_000)}</p>`
  const { id } = await box.send({ text, html })
  expect(await endOfSending(world.admin, id)).toMatchObject({ state: 'SENT' })
  expect(box.smtp.taken).toHaveLength(1)
  expect(box.smtp.taken[0]?.from).toBe(box.account.email)
  const lines = box.smtp.taken[0]?.source.split('\r\n') ?? []
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998)
})

it('H-15 repeats a password that is then nowhere', async () => {
  const box = await open()
  const said = Buffer.from(`\0taro\0${PASSWORD}`).toString('base64')
  box.smtp.hook = faultAt({ verb: 'AUTH' }, { say: `535 no ${PASSWORD} in AUTH PLAIN ${said}\r\n` })
  const { id } = await box.send()
  const end = await endOfSending(world.admin, id)
  expect(end).toMatchObject({ state: 'FAILED', problem: 'AUTH_REJECTED' })
  expect(end.detail).toContain('535 no')
  const rows = await world.database.rows<{ row: string }>(
    'SELECT row_to_json(s)::text AS row FROM sending s UNION ALL SELECT row_to_json(r)::text FROM sending_recipient r',
  )
  const everything = JSON.stringify([end, rows])
  expect(everything).not.toContain(PASSWORD)
  expect(everything).not.toContain(said)
})
