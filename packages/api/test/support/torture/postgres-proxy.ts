import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A COMMIT on its way: SENT by the client and not yet forwarded, or DONE by PostgreSQL and not yet told. */
export interface CommitMoment {
  readonly at: 'SENT' | 'DONE'
  /** What the transaction has said, in order. */
  readonly statements: readonly string[]
}

/** Asked at both moments of each COMMIT; DROP breaks the connection off, on both sides. */
type CommitHook = (moment: CommitMoment) => Promise<'PASS' | 'DROP'> | 'PASS' | 'DROP'

/** Stands between a client and PostgreSQL, and sees each COMMIT go and its answer come. */
export interface PostgresProxy {
  /** The database's address through it. */
  readonly url: string
  hook: CommitHook | undefined
  /** Monotonic milliseconds at which the COMMIT of a transaction that stores mail was acknowledged. */
  readonly acknowledgedAt: readonly number[]
  stop(): Promise<void>
}

/** Whether the transaction stores mail. */
export const storesMail = ({ statements }: CommitMoment) =>
  statements.some((statement) => /^(COPY|INSERT INTO) message_source/.test(statement))

export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const url = new URL(databaseUrl)
  const target = { host: url.hostname, port: Number(url.port), noDelay: true }
  const sockets = new Set<Socket>()
  const acknowledgedAt: number[] = []
  const proxy = { hook: undefined as CommitHook | undefined }
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect(target)
    const drop = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', drop).once('close', () => {
        sockets.delete(socket)
        drop()
      })
    }
    const state = { statements: [] as string[] }
    const ask = async (at: CommitMoment['at']) => {
      const moment = { at, statements: state.statements }
      const verdict = (await proxy.hook?.(moment)) ?? 'PASS'
      if (verdict === 'PASS' && at === 'DONE' && storesMail(moment)) {
        acknowledgedAt.push(performance.now())
      }
      return verdict === 'PASS'
    }
    const fail = () => drop()
    relay(client, upstream, true, (type, body) => hearClient(type, body, state, ask)).catch(fail)
    relay(upstream, client, false, (type, body) =>
      type === 'C' && textOf(body) === 'COMMIT' ? ask('DONE') : true,
    ).catch(fail)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  return Object.assign(proxy, {
    url: url.href,
    acknowledgedAt,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

function hearClient(
  type: string,
  body: Buffer,
  state: { statements: string[] },
  ask: (at: 'SENT') => Promise<boolean>,
): Promise<boolean> | boolean {
  // Query, and Parse with the name of the statement before it.
  const statement = type === 'Q' ? textOf(body) : type === 'P' ? textOf(body, 1) : undefined
  if (statement === undefined) return true
  if (/^(BEGIN|START TRANSACTION)/.test(statement)) state.statements = []
  if (statement === 'COMMIT') return ask('SENT')
  state.statements.push(statement.trim())
  return true
}

/** The nth text of a message that is a row of texts with a NUL after each. */
const textOf = (body: Buffer, nth = 0) => body.toString('utf8').split('\0')[nth]

/**
 * Passes on messages of the protocol one by one (PostgreSQL's documentation, "Message Formats"); ends
 * both where `hear` says no. A client's first message has no type.
 */
async function relay(
  from: Socket,
  to: Socket,
  isClient: boolean,
  hear: (type: string, body: Buffer) => Promise<boolean> | boolean,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  let hasType = !isClient
  for await (const chunk of from as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (;;) {
      const head = hasType ? 1 : 0
      if (rest.length < head + 4) break
      const end = head + rest.readUInt32BE(head)
      if (rest.length < end) break
      const message = rest.subarray(0, end)
      rest = rest.subarray(end)
      const type = hasType ? message.toString('latin1', 0, 1) : ''
      if (!(await hear(type, message.subarray(head + 4)))) {
        from.destroy()
        to.destroy()
        return
      }
      hasType = true
      to.write(message)
    }
  }
  to.end()
}
