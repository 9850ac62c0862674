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
