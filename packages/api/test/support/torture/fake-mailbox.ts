/** A message at a fake server. */
export interface FakeMessage {
  /** Its X-Torture-Id: tells it from every other message of a test. */
  readonly id: string
  source: Buffer
  readonly uid: number
  /** Undefined: the server has none for it. */
  uidl: string | undefined
  seen: boolean
  deleted: boolean
}

/** What a client asked for that cannot be taken back, before it is done. */
export type Irrevocable = 'DELE' | 'UPDATE' | 'SEEN' | 'DELETED' | 'EXPUNGE'

/** Hears of each message that is about to be marked or removed. */
export type Guard = (message: FakeMessage, what: Irrevocable) => Promise<void>

let made = 0

/** A mailbox that a fake POP3 or IMAP server serves. Tests change it as another client, or time, does. */
export class FakeMailbox {
  messages: FakeMessage[] = []
  /** Undefined: the server tells none. */
  uidValidity: number | undefined = 1_700_000_000
  /** All that was ever delivered, by X-Torture-Id. */
  readonly delivered = new Map<string, Buffer>()
  guard: Guard = () => Promise.resolve()
  #nextUid = 1

  /** New mail; its ids. */
  deliver(count: number, sizeBytes = 300): string[] {
    return Array.from({ length: count }, () => {
      made += 1
      const id = `${process.pid}-${made}`
      this.put(id, messageSource(id, sizeBytes))
      return id
    })
  }

  /** One message with these bytes; under a UIDL of its own unless one is given. */
  put(id: string, source: Buffer, uidl?: string): FakeMessage {
    const uid = this.#nextUid++
    const message = { id, source, uid, uidl: uidl ?? `u${uid}`, seen: false, deleted: false }
    this.messages.push(message)
    this.delivered.set(id, source)
    return message
  }

  remove(...gone: readonly FakeMessage[]): void {
    this.messages = this.messages.filter((message) => !gone.includes(message))
  }

  /** As a server does that has lost its index: the same mail under other numbers. */
  renumber(uidValidity: number | undefined): void {
    this.uidValidity = uidValidity
    this.messages = this.messages.map((message) => ({ ...message, uid: this.#nextUid++ }))
  }

  get ids(): string[] {
    return this.messages.map(({ id }) => id)
  }

  get unread(): string[] {
    return this.messages.filter(({ seen }) => !seen).map(({ id }) => id)
  }
}

/** A message of about so many bytes, with what servers and clients get wrong: dots and blank lines. */
export function messageSource(id: string, sizeBytes = 300): Buffer {
  const head = `From: a@mail.test\r\nSubject: ${id}\r\nX-Torture-Id: ${id}\r\n\r\n.\r\n..dots\r\n\r\n`
  const line = `${id.padEnd(70, '=')}\r\n`
  const lines = Math.max(0, Math.ceil((sizeBytes - head.length) / line.length))
  return Buffer.concat([Buffer.from(head), Buffer.alloc(lines * line.length, line)])
}

export const tortureIdOf = (source: Buffer): string =>
  /^X-Torture-Id: (\S+)/m.exec(source.toString('latin1', 0, 2_000))?.[1] ?? 'none'
