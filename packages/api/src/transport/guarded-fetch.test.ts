import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createAddressPolicy } from './address-policy.js'
import { guardedFetch } from './guarded-fetch.js'

const policy = createAddressPolicy({ allowsPrivate: true, ownServices: [] })
const get = (url: string, from = policy) => guardedFetch(from, url, { method: 'GET', headers: {} })
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('sends what it is given, and answers what came', async () => {
  const url = await listen((request, response) => {
    request.on('data', (body: Buffer) => {
      response.setHeader('x-seen', `${request.method} ${request.url} ${body.toString()}`)
      response.writeHead(201).end('{"a":1}')
    })
  })
  const options = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'b=1' }
  const response = await guardedFetch(policy, `${url}/p?q=1`, options)
  expect(response.status).toBe(201)
  expect(response.headers.get('x-seen')).toBe('POST /p?q=1 b=1')
  expect(await response.json()).toEqual({ a: 1 })
})

it('follows no redirect', async () => {
  const paths: (string | undefined)[] = []
  const url = await listen((request, response) => {
    paths.push(request.url)
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect((await get(`${url}/`)).status).toBe(302)
  expect(paths).toEqual(['/'])
})

it('ends an answer without end', async () => {
  const url = await listen((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', more)
    more()
  })
  await expect(get(url)).rejects.toMatchObject({ problem: 'PROTOCOL_ERROR' })
})

it('ends with the caller, whatever the server does', async () => {
  const url = await listen(() => undefined)
  const signal = AbortSignal.timeout(50)
  await expect(
    guardedFetch(policy, url, { method: 'GET', headers: {}, signal }),
  ).rejects.toBeInstanceOf(Error)
})

it.each([
  ['http://169.254.169.254/latest/meta-data/'],
  ['https://[fe80::1]/'],
  ['http://192.0.2.1/'],
  ['ftp://127.0.0.1/'],
])('does not ask %s', async (url) => {
  await expect(get(url)).rejects.toMatchObject({ problem: 'ADDRESS_FORBIDDEN' })
})

it('keeps to what the installation allows', async () => {
  const url = await listen((_request, response) => response.end())
  const strict = createAddressPolicy({ allowsPrivate: false, ownServices: [] })
  await expect(get(url, strict)).rejects.toMatchObject({ problem: 'ADDRESS_FORBIDDEN' })
})
