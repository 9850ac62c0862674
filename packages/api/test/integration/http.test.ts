import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

it('says that it is alive and ready', async () => {
  for (const [path, status] of [
    ['/healthz', 'alive'],
    ['/readyz', 'ready'],
  ] as const) {
    const response = await fetch(api.url + path)
    expect([response.status, await response.json()]).toEqual([200, { status }])
  }
})

it('keeps connections longer than a reverse proxy does', async () => {
  const { headers } = await fetch(`${api.url}/healthz`)
  const seconds = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1]
  expect(Number(seconds)).toBeGreaterThan(60)
})

it('sends headers that keep browsers strict', async () => {
  const { headers } = await fetch(`${api.url}/healthz`)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-powered-by')).toBeNull()
})

it.each(['/assets/none.js', '/explorer', '/%E0%A4%A', '/assets/..%2f..%2fpackage.json', '/%00'])(
  'answers %s with neither a stack nor a file that is not the console’s',
  async (path) => {
    const { status, text } = await get(path)
    expect(status).toBeLessThan(500)
    expect(text).not.toMatch(/node_modules|packages\/|Error:|GraphiQL/)
  },
)

it('answers HEAD where it answers GET', async () => {
  const { status } = await fetch(api.url, { method: 'HEAD' })
  expect(status).toBe((await fetch(api.url)).status)
})

it('answers an operation whatever the query string says', async () => {
  const response = await fetch(`${api.url}/graphql?op=Me`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ me { id } }' }),
  })
  expect(await response.json()).toEqual({ data: { me: null } })
})

it('lets who sends too much read that it is too much', async () => {
  const body = 'x'.repeat(3_000_000)
  const headers = { 'content-type': 'application/json' }
  for (let round = 0; round < 5; round++) {
    const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body })
    expect([response.status, await response.text()]).toEqual([
      413,
      expect.stringContaining('larger than'),
    ])
  }
})

it('tells clients of persisted queries to send the whole text', async () => {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
  })
  expect(await response.text()).toContain('PERSISTED_QUERY_NOT_SUPPORTED')
})

/** As the wire has it: fetch would tidy the path first. */
function get(path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(api.url, { path }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .on('error', reject)
      .end()
  })
}
