import { FakeMailbox } from './fake-mailbox.js'
import { FakeServer, type Wire } from './fake-server.js'

/** A message that the server has taken for somebody. */
export interface Taken {
  readonly from: string
  readonly to: readonly string[]
  readonly source: string
  readonly session: number
}

interface Envelope {
  from: string
  to: string[]
}

const OK = '250 ok\r\n'
const GO_ON = '354 go on\r\n'

/**
 * SMTP (RFC 5321) as far as a submission goes. Of a message the hook hears BODY once its first line has
 * come, and "." when it is whole: it is taken between the BEFORE and the MIDDLE of that.
 */
export class FakeSmtp extends FakeServer {
  /** What was answered 250, in order. */
  readonly taken: Taken[] = []
  /** Final dots that were heard, whatever was answered. */
  dots = 0
  /** Sessions that are in the midst of a message. */
  readonly underWay = new Set<number>()
  extensions: readonly string[] = ['SIZE 1000000', '8BITMIME', 'AUTH PLAIN LOGIN']
  /** Whom it does not take mail for, and in which words. */
  refuses: (address: string) => string | undefined = () => undefined
  /** Whether somebody may send now: asked at MAIL. */
  admits: () => boolean = () => true

  constructor() {
    super(new FakeMailbox())
  }

  /** The Message-IDs that were taken, one for each recipient. */
  get deliveries(): string[] {
    return this.taken.flatMap(({ source, to }) => to.map((each) => `${idOf(source)} ${each}`))
  }

  protected async converse(wire: Wire): Promise<void> {
    try {
      await this.#talk(wire)
    } finally {
      this.underWay.delete(wire.session)
    }
  }

  async #talk(wire: Wire): Promise<void> {
    await wire.answer('CONNECT', '', () => '220 mail.test ESMTP\r\n')
    let envelope: Envelope = { from: '', to: [] }
    for (;;) {
      const line = await wire.readLine()
      if (line === undefined) return
      const [word = '', ...rest] = line.split(' ')
      const verb = word.toUpperCase()
      const argument = rest.join(' ')
      if (verb === 'MAIL') {
        envelope = { from: addressIn(argument), to: [] }
        this.underWay.add(wire.session)
      }
      let said = ''
      await wire.answer(verb, argument, () => (said = this.#do(verb, argument, envelope)))
      if (verb === 'QUIT') return
      if (said === GO_ON) await this.#read(wire, envelope)
    }
  }

  #do(verb: string, argument: string, { to }: Envelope): string {
    switch (verb) {
      case 'EHLO':
        return ['mail.test', ...this.extensions]
          .map((text, n, all) => `250${n === all.length - 1 ? ' ' : '-'}${text}\r\n`)
          .join('')
      case 'AUTH':
        return '235 welcome\r\n'
      case 'MAIL':
        return this.admits() ? OK : '550 5.7.1 POP before SMTP: check your mail first\r\n'
      case 'RCPT': {
        const address = addressIn(argument)
        const refusal = this.refuses(address)
        if (refusal === undefined) to.push(address)
        return refusal === undefined ? OK : `${refusal}\r\n`
      }
      case 'DATA':
        return to.length === 0 ? '554 no valid recipients\r\n' : GO_ON
      case 'RSET':
      case 'NOOP':
        return OK
      case 'QUIT':
        return '221 bye\r\n'
      default:
        return '500 unknown\r\n'
    }
  }

  async #read(wire: Wire, { from, to }: Envelope): Promise<void> {
    const lines: string[] = []
    for (;;) {
      const line = await wire.readLine()
      if (line === undefined) return
      if (line === '.') break
      lines.push(line.replace(/^\./, ''))
      if (lines.length === 1) await wire.answer('BODY', '', () => '')
    }
    this.dots += 1
    const source = lines.map((line) => `${line}\r\n`).join('')
    await wire.answer('.', '', () => {
      this.taken.push({ from, to: [...to], source, session: wire.session })
      return '250 2.0.0 taken\r\n'
    })
    this.underWay.delete(wire.session)
  }
}

const addressIn = (argument: string) => /<(.*?)>/.exec(argument)?.[1] ?? ''
export const idOf = (source: string) => /^Message-ID: (\S+)/im.exec(source)?.[1] ?? 'none'
