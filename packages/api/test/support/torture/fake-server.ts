import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeMailbox } from './fake-mailbox.js'
import type { Fault, Hook, Moment } from './fault.js'

/** What happened at a fake server, in order. */
export interface Entry {
  /** Monotonic milliseconds. */
  readonly at: number
  readonly session: number
  /** CONNECT, GONE, or the command line. */
  readonly line: string
}

/** The client is gone, or is sent away. */
class Gone extends Error {}

const FLOOD_MS = 10

/** A mail server in this process, honest but for what its hook says. */
export abstract class FakeServer {
  readonly transcript: Entry[] = []
  hook: Hook | undefined
  /** Each connection breaks off after so many bytes of the server's. */
  cutAfterBytes: number | undefined
  /** The most connections at a time. */
  mostConnections = 0
  /** The most bytes that a connection has been sent. */
  longestBytes = 0
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #counts = new Map<string, number>()
  #sessions = 0

  constructor(readonly mailbox: FakeMailbox) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket)
      this.mostConnections = Math.max(this.mostConnections, this.#sockets.size)
      socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket))
      this.#serve(socket).catch(() => socket.destroy())
    })
  }

  /**
   * Listens on a port that is free on every address. One that is free on its own alone may be the
   * database's on 127.0.0.1, and that port is forbidden on all of loopback.
   */
  async start(): Promise<number> {
    this.#server.listen(0, '0.0.0.0')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return address.port
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  get openConnections(): number {
    return this.#sockets.size
  }

  /** How many connections there have been. */
  get sessions(): number {
    return this.#sessions
  }

  /** The command lines so far. */
  get heard(): string[] {
    return this.transcript.map(({ line }) => line)
  }

  /** From here on commands are counted anew. */
  forget(): void {
    this.#counts.clear()
    this.transcript.length = 0
  }

  protected abstract converse(wire: Wire): Promise<void>

  async #serve(socket: Socket): Promise<void> {
    const session = ++this.#sessions
    this.#note(session, 'CONNECT')
    socket.once('close', () => this.#note(session, 'GONE'))
    const wire = new Wire(socket, session, this)
    try {
      await this.converse(wire)
      socket.end()
    } catch (error) {
      if (!(error instanceof Gone)) throw error
    }
  }

  note(session: number, line: string): void {
    this.#note(session, line)
  }

  #note(session: number, line: string): void {
    this.transcript.push({ at: performance.now(), session, line })
  }

  countOf(verb: string): number {
    const count = (this.#counts.get(verb) ?? 0) + 1
    this.#counts.set(verb, count)
    return count
  }
}

/** One connection of a client to a fake server. */
export class Wire {
  #unread = ''
  #sentBytes = 0
  readonly #lines: AsyncIterator<Buffer>

  constructor(
    private readonly socket: Socket,
    readonly session: number,
    private readonly server: FakeServer,
  ) {
    this.#lines = socket[Symbol.asyncIterator]()
  }

  /** The next command line; undefined where the client has gone. */
  async readLine(): Promise<string | undefined> {
    for (;;) {
      const end = this.#unread.indexOf('\r\n')
      if (end >= 0) {
        const line = this.#unread.slice(0, end)
        this.#unread = this.#unread.slice(end + 2)
        this.server.note(this.session, line)
        return line
      }
      const next = await this.#lines.next().catch(() => ({ done: true, value: undefined }))
      if (next.done === true || next.value === undefined) return undefined
      this.#unread += next.value.toString('latin1')
    }
  }

  /** Does a command and answers it, unless the hook has it otherwise. */
  async answer(
    verb: string,
    argument: string,
    work: () => Promise<string | Buffer> | string | Buffer,
  ): Promise<void> {
    const moment = { verb, argument, nth: this.server.countOf(verb), session: this.session }
    const said = await this.#fault({ ...moment, phase: 'BEFORE' }, work)
    if (said) return
    const bytes = Buffer.from(await work())
    if (this.server.hook === undefined) return this.#send(bytes)
    const half = bytes.length >> 1
    await this.#send(bytes.subarray(0, half))
    await this.#fault({ ...moment, phase: 'MIDDLE' })
    await this.#send(bytes.subarray(half))
    await this.#fault({ ...moment, phase: 'AFTER' })
  }

  /** Whether the fault has stood for the answer. */
  async #fault(
    moment: Moment,
    work?: () => Promise<string | Buffer> | string | Buffer,
  ): Promise<boolean> {
    const fault: Fault | undefined = await this.server.hook?.(moment)
    if (fault === undefined) return false
    if (typeof fault === 'string') return this.#end(fault)
    if ('say' in fault) {
      await this.#send(Buffer.from(fault.say, 'latin1'))
      if (fault.hangsUp === true) return this.#end('FIN')
    }
    if ('dripMs' in fault) {
      const { dripMs, dripBytes = 1 } = fault
      const bytes = Buffer.from((await work?.()) ?? '')
      for (let at = 0; at < bytes.length; at += dripBytes) {
        await this.#send(bytes.subarray(at, at + dripBytes))
        await sleep(dripMs)
      }
    }
    while ('flood' in fault) {
      await this.#send(Buffer.from(fault.flood, 'latin1'))
      await sleep(FLOOD_MS)
    }
    return true
  }

  async #end(fault: 'FIN' | 'RST' | 'STALL'): Promise<never> {
    if (fault === 'FIN') this.socket.end()
    if (fault === 'RST') this.socket.resetAndDestroy()
    this.socket.resume()
    if (!this.socket.closed) await once(this.socket, 'close')
    throw new Gone()
  }

  async #send(bytes: Buffer): Promise<void> {
    const { cutAfterBytes } = this.server
    const rest = cutAfterBytes === undefined ? Infinity : cutAfterBytes - this.#sentBytes
    const isCut = bytes.length >= rest
    const sent = isCut ? bytes.subarray(0, Math.max(0, rest)) : bytes
    if (this.socket.destroyed) throw new Gone()
    const isRoomy = this.socket.write(sent)
    this.#sentBytes += sent.length
    this.server.longestBytes = Math.max(this.server.longestBytes, this.#sentBytes)
    if (isCut) await this.#end('FIN')
    if (!isRoomy) await Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')])
  }
}
