import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, createAccount, idOf, type Person } from '../support/accounts-kit.js'
import { SECRET_KEY, startApi, TestClient, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { startProcess, stopProcess } from '../support/mailroom-process.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { mail, multipart } from '../support/mail-source.js'
import { storeMessages, untilParsed } from '../support/mailbox-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let other: Person
let accountId: string

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url, { MAILROOM_ROLE: 'all' })
  admin = await api.admin()
  other = await addPerson(api, database, 'hanako')
  const side = { host: '127.0.0.1', port: 1, encryption: 'NONE', timeoutSeconds: 5 }
  const server = await createMailServer(admin, {
    outgoing: side,
    incoming: { ...side, protocol: 'POP3' },
  })
  accountId = (await createAccount(admin, await idOf(admin), server.id)).id
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

async function store(source: Buffer): Promise<string> {
  const [id = ''] = await storeMessages(database, accountId, [source])
  await untilParsed(database)
  return id
}

function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  cookie = admin.cookie,
) {
  return fetch(`${api.url}${path}`, { method, headers: { cookie: cookie ?? '', ...headers } })
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

const attached = (disposition: string, type = 'text/html') =>
  multipart(
    'mixed',
    mail(['Content-Type: text/plain'], 'see'),
    mail(
      [`Content-Type: ${type}`, `Content-Disposition: attachment${disposition}`],
      '<script>x</script>',
    ),
  )

describe('L-10: an attachment', () => {
  const names: [string, string, string][] = [
    ['; filename=a.html', 'text/html', 'a.html'],
    ['; filename=a.svg', 'image/svg+xml', 'a.svg'],
    ['; filename=a.xml', 'application/xml', 'a.xml'],
    ['; filename=a.js', 'text/javascript', 'a.js'],
    ['; filename=a.swf', 'application/x-shockwave-flash', 'a.swf'],
    ['; filename=a.pdf', 'application/pdf', 'a.pdf'],
    ['; filename=a.lnk', 'application/x-ms-shortcut', 'a.lnk'],
    ['', 'application/octet-stream', 'attachment-1'],
    ['; filename="../../etc/passwd"', 'text/plain', 'passwd'],
    ['; filename="C:\\\\temp\\\\a.exe"', 'text/plain', 'a.exe'],
    ['; filename=con.txt', 'text/plain', '_con.txt'],
    ['; filename=NUL', 'text/plain', '_NUL'],
    ['; filename="a.txt. . "', 'text/plain', 'a.txt'],
    ['; filename=".htaccess"', 'text/plain', '_htaccess'],
    ["; filename*=UTF-8''a%0d%0aSet-Cookie:x=y.txt", 'text/plain', 'a Set-Cookie_x=y.txt'],
    ["; filename*=UTF-8''a%00b.txt", 'text/plain', 'a\ufffdb.txt'],
    ["; filename*=UTF-8''ann%E2%80%AEexe.gpj", 'text/plain', 'ann\ufffdexe.gpj'],
    ["; filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf", 'application/pdf', '見積.pdf'],
    [`; filename=${'n'.repeat(65_536)}.txt`, 'text/plain', `${'n'.repeat(251)}.txt`],
  ]
  it.each(names)('name %# is saved, and never shown', async (disposition, type, name) => {
    const id = await store(attached(disposition, type))
    const response = await get(`/messages/${id}/attachments/0`)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(response.headers.get('set-cookie')).toBeNull()
    const [, encoded = ''] =
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''(\S+)$/.exec(
        response.headers.get('content-disposition') ?? '',
      ) ?? []
    expect(decodeURIComponent(encoded)).toBe(name)
    expect(await response.text()).toBe('<script>x</script>')
  })
})

describe('L-12: what is not theirs', () => {
  it('is not there, nor is what nobody has, nor anything once a session has ended', async () => {
    const id = await store(attached('; filename=a.html'))
    const paths = [`/messages/${id}/source`, `/messages/${id}/attachments/0`]
    const [one = '', two = ''] = paths
    for (const path of paths) {
      expect((await get(path, {}, 'GET', other.client.cookie)).status).toBe(404)
      expect((await get(path, { 'if-none-match': '*' }, 'GET', other.client.cookie)).status).toBe(
        404,
      )
      expect((await get(path, {}, 'GET', '')).status).toBe(401)
      expect((await get(path.replace(id, crypto.randomUUID()))).status).toBe(404)
    }
    // Ids grow with time: the one beside it is nobody's.
    const beside = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')
    expect((await get(one.replace(id, beside))).status).toBe(404)
    for (const position of ['1', '-1', '0.5', 'x', '99999999999', '__proto__']) {
      expect((await get(two.replace(/0$/, position))).status).toBe(404)
    }
    const ended = await api.admin()
    expect((await get(one, {}, 'HEAD', ended.cookie)).status).toBe(200)
    await ended.ask('mutation { signOut }')
    for (const path of paths) expect((await get(path, {}, 'GET', ended.cookie)).status).toBe(401)
    await admin.ask('mutation ($ids: [ID!]!) { deleteMessages(ids: $ids) }', { ids: [id] })
    for (const path of paths) expect((await get(path)).status).toBe(404)
  })
})

describe('L-13: a download', () => {
  it('is whole, a part, a head, or nothing new', async () => {
    const source = mail(['Subject: x'], randomBytes(20_000).toString('base64'))
    const path = `/messages/${await store(source)}/source`
    const etag = `"${createHash('sha256').update(source).digest('hex')}"`
    const whole = await get(path)
    expect(await bytesOf(whole)).toEqual(source)
    expect(whole.headers.get('etag')).toBe(etag)
    expect(whole.headers.get('accept-ranges')).toBe('bytes')

    const head = await get(path, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(source.length)])

    const part = await get(path, { range: 'bytes=8000-17000' })
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 8000-17000/${source.length}`,
    ])
    expect(await bytesOf(part)).toEqual(source.subarray(8_000, 17_001))
    expect(await bytesOf(await get(path, { range: 'bytes=-5' }))).toEqual(source.subarray(-5))

    const beyond = await get(path, { range: 'bytes=999999-' })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
      416,
      `bytes */${source.length}`,
    ])
    const known = await get(path, { 'if-none-match': etag })
    expect([known.status, await known.text()]).toEqual([304, ''])
  })

  it('of an attachment is as well', async () => {
    const path = `/messages/${await store(attached('; filename=a.html'))}/attachments/0`
    const head = await get(path, {}, 'HEAD')
    expect(head.headers.get('content-length')).toBe(String('<script>x</script>'.length))
    expect(await (await get(path, { range: 'bytes=1-6' })).text()).toBe('script')
    const known = await get(path, { 'if-none-match': head.headers.get('etag') ?? '' })
    expect(known.status).toBe(304)
  })

  it('of 50 MB by eight at once takes no memory to speak of', async () => {
    const source = Buffer.alloc(50 * 1024 * 1024, 'Subject: x\r\n\r\n0123456789abcdef\r\n')
    const [id = ''] = await storeMessages(database, accountId, [source])
    const digest = createHash('sha256').update(source).digest('hex')
    const product = startProcess({
      ...process.env,
      DATABASE_URL: database.url,
      PORT: '0',
      MAILROOM_SECRET_KEY: SECRET_KEY,
      MAILROOM_ROLE: 'api',
    })
    try {
      const url = await product.ready
      const { cookie = '' } = await new TestClient(url).signIn()
      const peak = async () =>
        Number(
          /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${product.child.pid}/status`, 'utf8'))?.[1],
        )
      const before = await peak()
      const download = async () => {
        const hash = createHash('sha256')
        const { body } = await fetch(`${url}/messages/${id}/source`, { headers: { cookie } })
        if (body === null) throw new Error('no body')
        for await (const piece of body) hash.update(piece as Uint8Array)
        return hash.digest('hex')
      }
      const digests = await Promise.all(Array.from({ length: 8 }, download))
      expect(new Set(digests)).toEqual(new Set([digest]))
      expect((await peak()) - before).toBeLessThan(150 * 1024)
    } finally {
      await stopProcess(product)
    }
  })
})
