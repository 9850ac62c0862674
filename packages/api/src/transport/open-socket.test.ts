import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, it } from 'vitest'
import { startBlackhole } from '../../test/support/blackhole.js'
import { openSocket } from './open-socket.js'

const host = (...addresses: string[]) => ({ name: 'mail.test', isAddress: false, addresses })
const { signal } = new AbortController()

async function withServer(work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((socket) => socket.on('error', () => undefined).resume())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: string | AddressInfo | null = server.address()
  await work(typeof address === 'object' && address !== null ? address.port : 0)
  server.close()
}

it('E-8: goes on to the next address where one is dead', async () => {
  await withServer(async (port) => {
    const socket = await openSocket(host('::1', '127.0.0.1'), { port, timeoutMs: 5_000, signal })
    expect(socket.remoteAddress).toBe('127.0.0.1')
    socket.destroy()
  })
})

/** Of the other family, where the machine has one: containers often do not. */
const SILENT = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)
  ? '::1'
  : '127.0.0.9'

it(`E-8: goes on from ${SILENT} where it says nothing`, async () => {
  await withServer(async (port) => {
    const dead = await startBlackhole(SILENT, port)
    try {
      const socket = await openSocket(host(SILENT, '127.0.0.1'), { port, timeoutMs: 1_000, signal })
      expect(socket.remoteAddress).toBe('127.0.0.1')
      socket.destroy()
      const alone = openSocket(host(SILENT), { port, timeoutMs: 1_000, signal })
      await expect(alone).rejects.toMatchObject({ problem: 'TIMEOUT' })
    } finally {
      dead.stop()
    }
  })
})

it('leaves no connection to whoever has gone meanwhile', async () => {
  await withServer(async (port) => {
    const caller = new AbortController()
    const opening = openSocket(host('127.0.0.1'), {
      ...{ port, timeoutMs: 5_000 },
      signal: caller.signal,
    })
    caller.abort(new Error('gone'))
    await expect(opening).rejects.toThrow('gone')
  })
})
