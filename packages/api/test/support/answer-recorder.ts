import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { Place } from './canary.js'

/** A way to the product on which all that it answers is kept: headers, bodies and messages of sockets. */
export interface AnswerRecorder {
  /** The address to ask at. */
  readonly url: string
  /** Where the product is, once it has started. */
  target: string | undefined
  /** All that was answered, by connection. */
  answers(): Place[]
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startAnswerRecorder(): Promise<AnswerRecorder> {
  const connections: Buffer[][] = []
  const sockets = new Set<Socket>()
  const server = createServer((caller) => {
    const { hostname: host, port } = new URL(recorder.target ?? '')
    const product = connect({ host, port: Number(port) })
    const heard: Buffer[] = []
    connections.push(heard)
    product.on('data', (chunk) => heard.push(chunk))
    for (const socket of [caller, product]) {
      sockets.add(socket)
      socket
        .on('error', () => undefined)
        .once('close', () => {
          caller.destroy()
          product.destroy()
        })
    }
    caller.pipe(product).pipe(caller)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const recorder: AnswerRecorder = {
    url: `http://127.0.0.1:${address.port}`,
    target: undefined,
    answers: () =>
      connections.map((heard, index) => ({
        name: `answers on connection ${index}`,
        bytes: Buffer.concat(heard),
      })),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return recorder
}
