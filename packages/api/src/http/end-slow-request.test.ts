import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endSlowRequest } from './end-slow-request.js'

const TIMEOUT_MS = 100

let server: Server
let socket: Socket
let said: string
beforeEach(async () => {
  server = createServer((request, response) => {
    endSlowRequest(request, TIMEOUT_MS)
    if (request.method === 'POST') {
      request.resume().once('end', () => response.end('read'))
      return
    }
    response.write('slow ')
    void sleep(TIMEOUT_MS * 4).then(() => response.end('answer'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  socket = connect(port, '127.0.0.1')
  said = ''
  socket.on('data', (bytes) => (said += bytes.toString())).on('error', () => undefined)
})
afterEach(() => {
  socket.destroy()
  server.close()
})

const closed = () => new Promise<void>((resolve) => socket.once('close', () => resolve()))

it('ends one whose body does not come', async () => {
  socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nso far')
  await closed()
  expect(said).toBe('')
})

it('leaves one alone whose answer takes longer', async () => {
  socket.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
  await closed()
  expect(said).toMatch(/slow [^]*answer/)
})

it('leaves one alone whose body is there', async () => {
  socket.write('POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 1\r\n\r\n1')
  await closed()
  expect(said).toMatch(/read$/)
})
