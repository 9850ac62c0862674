import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** What the server does when a client connects or says a line. The first step that matches counts. */
export interface ScriptStep {
  /** "connect", or what the line must match; an SMTP message is one line: its final dot. */
  readonly on: 'connect' | RegExp
  /** "{tag}" stands for the command's first word. Nothing: silence. */
  readonly reply?: string | Buffer
  /** Milliseconds before it. */
  readonly delay?: number
  /** Milliseconds between its bytes. */
  readonly drip?: number
  /** Said again and again, without end. */
  readonly flood?: string
  /** How the connection ends after it. */
  readonly end?: 'fin' | 'rst'
  /** Reads no further for six seconds. */
  readonly deaf?: boolean
}

export interface ScriptedServer {
  readonly port: number
  /** All lines of all clients; of SMTP messages the final dot only. */
  readonly heard: readonly string[]
  /** Connections that are still open. */
  readonly open: () => number
  stop(): Promise<void>
}

const FLOOD_MS = 10
const DEAF_MS = 6_000

/** A mail server that follows a table of steps, on a free port of 127.0.0.1. */
export async function startScriptedServer(steps: readonly ScriptStep[]): Promise<ScriptedServer> {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    follow(socket, steps, heard)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    heard,
    open: () => sockets.size,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function follow(socket: Socket, steps: readonly ScriptStep[], heard: string[]): void {
  let rest = ''
  let isInMessage = false
  const take = (line: string) => {
    if (isInMessage && line !== '.') return
    isInMessage = false
    heard.push(line)
    const step = steps.find(({ on }) => on !== 'connect' && on.test(line))
    if (step === undefined) return
    if (String(step.reply ?? '').startsWith('354')) isInMessage = true
    perform(socket, step, line.split(' ')[0] ?? '')
  }
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
  const greeting = steps.find(({ on }) => on === 'connect')
  if (greeting !== undefined) perform(socket, greeting, '*')
}

function perform(socket: Socket, step: ScriptStep, tag: string): void {
  const { reply = '', delay, drip, flood, end, deaf } = step
  const bytes =
    typeof reply === 'string' ? Buffer.from(reply.replaceAll('{tag}', tag), 'utf8') : reply
  if (deaf) {
    socket.pause()
    setTimeout(() => socket.resume(), DEAF_MS).unref()
  }
  const finish = () => {
    if (end === 'fin') socket.end()
    if (end === 'rst') socket.resetAndDestroy()
  }
  const say = () => {
    if (flood !== undefined) every(socket, FLOOD_MS, () => flood)
    if (drip === undefined) return socket.write(bytes, finish)
    const left = [...bytes]
    return every(socket, drip, () => {
      const byte = left.shift()
      if (byte === undefined) finish()
      return byte === undefined ? undefined : Buffer.from([byte])
    })
  }
  if (delay === undefined) say()
  else setTimeout(say, delay)
}

function every(socket: Socket, ms: number, next: () => string | Buffer | undefined): void {
  const timer = setInterval(() => {
    const bytes = socket.writable ? next() : undefined
    if (bytes === undefined) return clearInterval(timer)
    socket.write(bytes)
  }, ms)
  socket.once('close', () => clearInterval(timer))
}
