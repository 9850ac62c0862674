import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSecureContext, TLSSocket } from 'node:tls'

const POLL_MS = 5

/** How a peer that is no real server behaves. */
export interface Script {
  readonly greeting: string
  /** The answer to one line, line ends included; undefined: silence. */
  readonly answer: (line: string, isSecured: boolean) => string | undefined
  /** With a certificate: TLS from the first byte, or after the line that `startTls` matches. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly startTls?: RegExp }
}

export interface ScriptedServer {
  readonly port: number
  /** All that was said to it, in clear text or in TLS; not the handshakes themselves. */
  heard(): string
  /** Resolves once every client has gone, so that all it said has been heard. */
  deserted(): Promise<void>
  stop(): Promise<void>
}

/** Listens on a free port of 127.0.0.1 and plays the script to each client. */
async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const lines: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    const isImplicit = script.tls !== undefined && script.tls.startTls === undefined
    if (!isImplicit) socket.write(script.greeting)
    if (isImplicit) converse(secure(socket, script), script, lines)
    else converse(socket, script, lines)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => lines.join(''),
    async deserted() {
      while (sockets.size > 0) await sleep(POLL_MS)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function converse(socket: Socket, script: Script, lines: string[]): void {
  const isSecured = socket instanceof TLSSocket
  if (isSecured && script.tls?.startTls === undefined) {
    socket.once('secure', () => socket.write(script.greeting))
  }
  let rest = ''
  const hear = (chunk: Buffer) => {
    lines.push(chunk.toString('utf8'))
    const parts = (rest + chunk.toString('utf8')).split('\r\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      const answer = script.answer(line, isSecured)
      if (answer !== undefined) socket.write(answer)
      if (!isSecured && script.tls?.startTls?.test(line) === true) {
        socket.off('data', hear)
        converse(secure(socket, script), script, lines)
      }
    }
  }
  socket.on('data', hear)
}

function secure(socket: Socket, { tls }: Script): TLSSocket {
  // Level 0, or OpenSSL would not serve the weak certificates that some tests are about.
  const secureContext = createSecureContext({ ...tls, ciphers: 'DEFAULT@SECLEVEL=0' })
  return new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined)
}

/** Plays a script while `work` runs. */
export async function withScript(
  script: Script,
  work: (server: ScriptedServer) => Promise<void>,
): Promise<void> {
  const server = await startScriptedServer(script)
  try {
    await work(server)
  } finally {
    await server.stop()
  }
}
