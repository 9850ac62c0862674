import { createServer, type Socket } from 'node:net'
import { IncomingAuthMethod } from '@mailroom/shared'
import { LineConnection } from '../../src/transport/line-connection.js'
import type { Pop3Maildrop } from '../../src/transport/pop3/pop3-maildrop.js'
import { Pop3Session } from '../../src/transport/pop3/pop3-session.js'
import { openSocket } from '../../src/transport/open-socket.js'
import { createRedact, type Credentials } from '../../src/transport/redact.js'

/** What a scripted server says to a command; undefined: the usual. 'CLOSE' ends the connection. */
type Answer = (command: string, socket: Socket) => string | Buffer | undefined

export const CLOSE = 'CLOSE'

/** A POP3 server on a loopback port that says what a test wants. */
export interface ScriptedPop3 {
  readonly port: number
  /** Every line that it has heard, of all connections. */
  readonly heard: readonly string[]
  /** Whether any connection is open. */
  readonly isConnected: boolean
  stop(): Promise<void>
}

const USUAL: Readonly<Record<string, string>> = {
  CAPA: '+OK\r\nUSER\r\nUIDL\r\nTOP\r\nPIPELINING\r\n.\r\n',
  USER: '+OK\r\n',
  PASS: '+OK\r\n',
  DELE: '+OK\r\n',
  NOOP: '+OK\r\n',
  RSET: '+OK\r\n',
  STAT: '+OK 2 200\r\n',
  QUIT: '+OK bye\r\n',
}

export async function scriptedPop3(
  answer: Answer,
  greeting = '+OK ready\r\n',
): Promise<ScriptedPop3> {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    socket.write(greeting, 'latin1')
    let unread = ''
    socket.on('data', (data: Buffer) => {
      const lines = (unread + data.toString('latin1')).split('\r\n')
      unread = lines.pop() ?? ''
      for (const line of lines) {
        heard.push(line)
        const verb = line.split(' ')[0] ?? ''
        const said = answer(line, socket) ?? USUAL[verb] ?? '-ERR unknown\r\n'
        if (said === CLOSE) return socket.end()
        socket.write(said)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    heard,
    get isConnected() {
      return sockets.size > 0
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface SessionChoice {
  readonly apop?: boolean
  readonly authMethod?: IncomingAuthMethod
  readonly credentials?: Credentials
}

export const ALICE: Credentials = { username: 'alice', password: 'open-sesame-4711' }
/** Long enough for a busy machine; what hangs ends by it. */
export const soon = () => AbortSignal.timeout(20_000)

/** A session on a clear-text port, before its greeting. */
export async function connectPop3(
  port: number,
  {
    apop = false,
    authMethod = IncomingAuthMethod.PASSWORD,
    credentials = ALICE,
  }: SessionChoice = {},
): Promise<{ readonly session: Pop3Session; readonly connection: LineConnection }> {
  const host = { name: '127.0.0.1', addresses: ['127.0.0.1'], isAddress: true }
  const socket = await openSocket(host, { port, timeoutMs: 10_000, signal: soon() })
  const connection = new LineConnection(socket)
  const redact = createRedact([credentials])
  return {
    session: new Pop3Session({ connection, redact, apop, authMethod, host: '127.0.0.1' }),
    connection,
  }
}

/** A session that has greeted, knows the capabilities and is signed in. */
export async function signIn(
  port: number,
  choice: SessionChoice = {},
): Promise<{
  readonly session: Pop3Session
  readonly maildrop: Pop3Maildrop
  readonly connection: LineConnection
}> {
  const { session, connection } = await connectPop3(port, choice)
  await session.greeting(soon())
  await session.capabilities(soon())
  await session.authenticate(choice.credentials ?? ALICE, soon())
  return { session, maildrop: session.maildrop, connection }
}
