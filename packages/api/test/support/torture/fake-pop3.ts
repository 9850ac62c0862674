import type { FakeMessage } from './fake-mailbox.js'
import { FakeServer, type Wire } from './fake-server.js'

interface Row {
  readonly number: number
  readonly message: FakeMessage
}

/** A client's view of the maildrop, from signing in to QUIT. */
interface Maildrop {
  readonly rows: readonly Row[]
  readonly marked: Set<FakeMessage>
}

/** POP3 (RFC 1939): removes what was marked at QUIT, and only there. */
export class FakePop3 extends FakeServer {
  hasUidl = true
  /** What a session sees of the maildrop; all of it unless a test says otherwise. */
  shows: (messages: readonly FakeMessage[]) => readonly FakeMessage[] = (messages) => messages
  /** QUIT removes all but these, and says so. */
  keeps: (message: FakeMessage) => boolean = () => false

  protected async converse(wire: Wire): Promise<void> {
    await wire.answer('CONNECT', '', () => '+OK ready\r\n')
    const maildrop: Maildrop = {
      rows: this.shows(this.mailbox.messages).map((message, n) => ({ number: n + 1, message })),
      marked: new Set(),
    }
    for (;;) {
      const line = await wire.readLine()
      if (line === undefined) return
      const [word = '', ...rest] = line.split(' ')
      const verb = word.toUpperCase()
      const argument = rest.join(' ')
      await wire.answer(verb, argument, () => this.#do(verb, argument, maildrop))
      if (verb === 'QUIT') return
    }
  }

  async #do(verb: string, argument: string, maildrop: Maildrop): Promise<string | Buffer> {
    const rows = maildrop.rows.filter(({ message }) => !maildrop.marked.has(message))
    const row = rows.find(({ number }) => String(number) === argument)
    switch (verb) {
      case 'CAPA':
        return `+OK\r\nUSER\r\n${this.hasUidl ? 'UIDL\r\n' : ''}PIPELINING\r\n.\r\n`
      case 'USER':
      case 'PASS':
      case 'NOOP':
        return '+OK\r\n'
      case 'STAT':
        return `+OK ${rows.length} ${rows.reduce((sum, { message }) => sum + message.source.length, 0)}\r\n`
      case 'LIST':
        return listing(rows.map(({ number, message }) => `${number} ${message.source.length}`))
      case 'UIDL':
        if (!this.hasUidl) return '-ERR unknown\r\n'
        return listing(rows.map(({ number, message }) => `${number} ${message.uidl ?? ''}`))
      case 'RETR':
        return row === undefined ? '-ERR no such message\r\n' : stuffed(row.message.source)
      case 'DELE':
        if (row === undefined) return '-ERR no such message\r\n'
        await this.mailbox.guard(row.message, 'DELE')
        maildrop.marked.add(row.message)
        return '+OK\r\n'
      case 'QUIT':
        return this.#update([...maildrop.marked])
      default:
        return '-ERR unknown\r\n'
    }
  }

  async #update(marked: readonly FakeMessage[]): Promise<string> {
    for (const message of marked) await this.mailbox.guard(message, 'UPDATE')
    const gone = marked.filter((message) => !this.keeps(message))
    this.mailbox.remove(...gone)
    return gone.length < marked.length
      ? '-ERR some deleted messages not removed\r\n'
      : '+OK bye\r\n'
  }
}

const listing = (rows: readonly string[]) =>
  `+OK\r\n${rows.map((row) => `${row}\r\n`).join('')}.\r\n`

const DOT = Buffer.from('.')
const LINE_END = Buffer.from('\r\n')

/** RFC 1939 section 3: a line that begins with a dot gets another one. */
function stuffed(source: Buffer): Buffer {
  const pieces: Buffer[] = [Buffer.from('+OK\r\n')]
  if (source.indexOf(DOT) === 0) pieces.push(DOT)
  let from = 0
  for (let end = source.indexOf('\n.'); end >= 0; end = source.indexOf('\n.', from)) {
    pieces.push(source.subarray(from, end + 1), DOT)
    from = end + 1
  }
  pieces.push(source.subarray(from))
  if (source.indexOf(LINE_END, -LINE_END.length) < 0) pieces.push(LINE_END)
  return Buffer.concat([...pieces, DOT, LINE_END])
}
