import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.js'
import { createApiToken } from '../support/api-tokens-kit.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { postUpload } from '../support/sending-kit.js'
import { connect } from '../support/subscription-socket.js'

const PORTAL = 'https://portal.example.jp'
const FOREIGN = 'https://evil.example'

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url, {
    MAILROOM_CORS_ORIGINS: `${PORTAL}, https://intranet.example.jp:8443`,
  })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const preflight = (url: string, origin: string, path = '/graphql') =>
  fetch(url + path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })

const ME = { query: '{ me { loginName } }' }
const post = (url: string, headers: Record<string, string>, body: unknown = ME) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

it('is off by default: no header, and no answer to a preflight', async () => {
  const closed = await startApi(database.url)
  try {
    expect((await preflight(closed.url, PORTAL)).status).toBe(404)
    const { headers } = await post(closed.url, { origin: PORTAL })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('vary') ?? '').not.toMatch(/origin/i)
  } finally {
    await closed.close()
  }
})

it('lets pages of the listed origins ask with a token', async () => {
  const { status, headers } = await preflight(api.url, PORTAL)
  expect(status).toBe(204)
  expect(headers.get('access-control-allow-origin')).toBe(PORTAL)
  expect(headers.get('access-control-allow-methods')).toBe('POST')
  expect(headers.get('access-control-allow-headers')).toContain('authorization')
  expect(headers.get('access-control-allow-credentials')).toBeNull()
  expect(headers.get('vary')).toMatch(/origin/i)
  const { token } = await createApiToken(await api.admin())
  const answer = await post(api.url, { origin: PORTAL, authorization: `Bearer ${token}` })
  expect(await answer.json()).toEqual({ data: { me: { loginName: 'admin' } } })
  expect(answer.headers.get('access-control-allow-origin')).toBe(PORTAL)
})

it('lets them read why they are refused', async () => {
  const answer = await post(api.url, { origin: PORTAL, authorization: 'Bearer x' })
  expect(answer.status).toBe(401)
  expect(answer.headers.get('access-control-allow-origin')).toBe(PORTAL)
})

it.each([FOREIGN, `${PORTAL}.evil.example`, 'http://portal.example.jp', 'null'])(
  'tells %s nothing, and caches that it depends on the origin',
  async (origin) => {
    for (const { headers } of [await preflight(api.url, origin), await post(api.url, { origin })]) {
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('vary')).toMatch(/origin/i)
    }
  },
)

it('takes the cookie from our own pages, and not from those of a listed origin', async () => {
  const { cookie = '' } = await api.admin()
  const listed = await post(api.url, { origin: PORTAL, cookie })
  expect(await listed.json()).toEqual({ data: { me: null } })
  const own = await post(api.url, { origin: api.url, cookie })
  expect(await own.json()).toEqual({ data: { me: { loginName: 'admin' } } })
})

it('opens sockets for the same pages, with a token and without the cookie', async () => {
  const admin = await api.admin()
  const { token } = await createApiToken(admin)
  const first = (headers: Record<string, string>, params: Record<string, unknown>) =>
    connect(admin, headers, params)
      .iterate({ query: 'subscription { mailServersChanged { code } }' })
      .next()
  const withToken = await first({ origin: PORTAL }, { authorization: `Bearer ${token}` })
  expect(withToken.value).toEqual({ data: { mailServersChanged: [] } })
  const withCookie = await first({ origin: PORTAL }, {})
  expect(JSON.stringify(withCookie.value)).toContain('UNAUTHENTICATED')
  await expect(first({ origin: FOREIGN }, {})).rejects.toMatchObject({
    message: expect.stringContaining('403') as string,
  })
})

it('takes files from the same pages, with a token and without the cookie', async () => {
  const admin = await api.admin()
  const { token } = await createApiToken(admin)
  const asked = await preflight(api.url, PORTAL, '/uploads?name=a.txt')
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, PORTAL])
  const send = (headers: Record<string, string>) =>
    postUpload({ url: api.url, cookie: undefined, bearer: undefined }, 'a.txt', 'x', headers)
  const taken = await send({ origin: PORTAL, authorization: `Bearer ${token}` })
  expect([taken.status, taken.headers.get('access-control-allow-origin')]).toEqual([201, PORTAL])
  expect((await send({ origin: PORTAL, cookie: admin.cookie ?? '' })).status).toBe(401)
  const foreign = await send({ origin: FOREIGN, authorization: `Bearer ${token}` })
  expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null])
})

it('answers for no other address', async () => {
  const { headers } = await fetch(`${api.url}/healthz`, { headers: { origin: PORTAL } })
  expect(headers.get('access-control-allow-origin')).toBeNull()
})
