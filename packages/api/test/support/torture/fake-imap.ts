import type { FakeMessage } from './fake-mailbox.js'
import { FakeServer, type Wire } from './fake-server.js'

/** What a client has been told of the mailbox: sequence numbers are places in it. */
interface View {
  messages: FakeMessage[]
}

/** IMAP4rev1 (RFC 3501) as far as a receiver goes. */
export class FakeImap extends FakeServer {
  hasUidPlus = true
  isReadOnly = false
  /** Says OK to STORE and does nothing. */
  ignoresStore = false
  /** Says in the midst of things that UIDVALIDITY is another now (RFC 3501 section 7.1). */
  announcesValidity = false
  /** Says of every message that it is small. */
  belittles = false
  /** Listed, and then not given. */
  withholds: (message: FakeMessage) => boolean = () => false
  /** Beside the INBOX. */
  folders: readonly string[] = []

  protected async converse(wire: Wire): Promise<void> {
    await wire.answer('CONNECT', '', () => '* OK mail.test\r\n')
    const view: View = { messages: [] }
    for (;;) {
      const line = await wire.readLine()
      if (line === undefined) return
      const [tag = '', ...words] = line.split(' ')
      const isUid = words[0]?.toUpperCase() === 'UID'
      const verb = words
        .slice(0, isUid ? 2 : 1)
        .join(' ')
        .toUpperCase()
      const argument = words.slice(isUid ? 2 : 1).join(' ')
      await wire.answer(verb, argument, async () => {
        const said = await this.#do(verb, argument, view)
        const bye = Buffer.from(`${this.#news(view)}${tag} ${okOf(verb, this.isReadOnly)}\r\n`)
        return Buffer.concat([Buffer.from(said), bye])
      })
      if (verb === 'LOGOUT') return
    }
  }

  async #do(verb: string, argument: string, view: View): Promise<string | Buffer> {
    switch (verb) {
      case 'CAPABILITY':
        return `* CAPABILITY IMAP4rev1${this.hasUidPlus ? ' UIDPLUS' : ''}\r\n`
      case 'SELECT':
        return this.#select(view)
      case 'LIST':
        return ['INBOX', ...this.folders].map((name) => `* LIST () "/" ${name}\r\n`).join('')
      case 'LOGOUT':
        return '* BYE bye\r\n'
      case 'UID SEARCH': {
        const unseen = view.messages.filter((message) => !message.seen && this.#holds(message))
        return `* SEARCH ${unseen.map(({ uid }) => uid).join(' ')}\r\n`
      }
      case 'UID FETCH':
        return this.#fetch(argument, view)
      case 'UID STORE':
        return this.#store(argument, view)
      case 'UID EXPUNGE':
        return this.#expunge(named(argument, view), view)
      default:
        return ''
    }
  }

  #select(view: View): string {
    const { uidValidity, messages } = this.mailbox
    view.messages = [...messages]
    const validity = uidValidity === undefined ? '' : `* OK [UIDVALIDITY ${uidValidity}] valid\r\n`
    return `* FLAGS (\\Seen \\Deleted)\r\n* ${messages.length} EXISTS\r\n* 0 RECENT\r\n${validity}* OK [PERMANENTFLAGS (\\Seen \\Deleted)] these\r\n`
  }

  #fetch(argument: string, view: View): Buffer {
    const [range = '', ...items] = argument.split(' ')
    const wantsBody = items.join(' ').includes('BODY.PEEK[]')
    return Buffer.concat(
      named(range, view)
        .filter((message) => this.#holds(message) && !(wantsBody && this.withholds(message)))
        .flatMap((message) => {
          const { uid, source } = message
          const head = `* ${view.messages.indexOf(message) + 1} FETCH (UID ${uid}`
          const told = this.belittles ? 300 : source.length
          if (!wantsBody) return [Buffer.from(`${head} RFC822.SIZE ${told})\r\n`)]
          const start = Buffer.from(`${head} BODY[] {${source.length}}\r\n`)
          return [start, source, Buffer.from(')\r\n')]
        }),
    )
  }

  async #store(argument: string, view: View): Promise<string> {
    const [range = ''] = argument.split(' ')
    if (this.ignoresStore || this.isReadOnly) return ''
    for (const message of named(range, view)) {
      if (argument.includes('\\Seen')) {
        await this.mailbox.guard(message, 'SEEN')
        message.seen = true
      }
      if (argument.includes('\\Deleted')) {
        await this.mailbox.guard(message, 'DELETED')
        message.deleted = true
      }
    }
    return ''
  }

  async #expunge(messages: readonly FakeMessage[], view: View): Promise<string> {
    const gone = messages.filter(({ deleted }) => deleted)
    for (const message of gone) await this.mailbox.guard(message, 'EXPUNGE')
    this.mailbox.remove(...gone)
    return this.#news(view)
  }

  #holds(message: FakeMessage): boolean {
    return this.mailbox.messages.includes(message)
  }

  /** What others have done since the client heard of it (RFC 3501 section 7.4). */
  #news(view: View): string {
    let said = this.announcesValidity
      ? `* OK [UIDVALIDITY ${this.mailbox.uidValidity}] is another\r\n`
      : ''
    for (let at = view.messages.length - 1; at >= 0; at--) {
      const message = view.messages[at]
      if (message === undefined || this.#holds(message)) continue
      view.messages.splice(at, 1)
      said += `* ${at + 1} EXPUNGE\r\n`
    }
    if (view.messages.length === 0) return said
    const come = this.mailbox.messages.filter((message) => !view.messages.includes(message))
    if (come.length === 0) return said
    view.messages.push(...come)
    return `${said}* ${view.messages.length} EXISTS\r\n`
  }
}

/** The messages of a sequence set of UIDs. */
function named(range: string, { messages }: View): FakeMessage[] {
  const parts = range.split(',').map((part) => {
    const [from = NaN, to = from] = part.split(':').map(Number)
    return { from, to }
  })
  return messages.filter(({ uid }) => parts.some(({ from, to }) => uid >= from && uid <= to))
}

const okOf = (verb: string, isReadOnly: boolean) =>
  verb === 'SELECT' ? `OK [READ-${isReadOnly ? 'ONLY' : 'WRITE'}] done` : 'OK done'
