import {
  joinSmtpReply,
  parseSmtpReplyLine,
  type SmtpExtensions,
  type SmtpReply,
  type SmtpReplyLine,
} from './smtp-reply-parser.js'

/** No server's reply line comes near (RFC 5321 section 4.5.3.1.5: 512); nodemailer bounds the whole. */
const LINE_MAX = 64 * 1024

/**
 * Not said again to nodemailer: AUTH and STARTTLS are done. PIPELINING (RFC 2920) is left out as well,
 * so that each command waits for its reply, has its own clock, and no reply can be taken for another's.
 */
const DONE: readonly string[] = ['AUTH', 'STARTTLS', 'PIPELINING']

/** A command and what the server said to it; "." is the final dot, BODY a refusal in the midst of it. */
export interface SmtpExchange {
  readonly command: string
  readonly reply: SmtpReply
}

interface DialogueEvents {
  /** A command has been written: its reply is awaited. */
  readonly onCommand: () => void
  /** Its reply is complete. */
  readonly onReply: () => void
  /** DATA has been allowed. */
  readonly onBody: () => void
  /** The final dot is being written. */
  readonly onDot: () => void
  /** The server is out of step; whatever it says from here on means nothing. */
  readonly onViolation: (line: string) => void
}

/**
 * Follows the dialogue between nodemailer and a server, and judges it more strictly than nodemailer,
 * which takes any 2yz or 3yz to DATA for consent and any early 250 for the message's.
 */
export class SmtpDialogue {
  readonly exchanges: SmtpExchange[] = []
  #command: string | undefined
  #isInBody = false
  #isDotNext = false
  /** It has been written, as far as can be seen from here. */
  #isDotSeen = false
  #rest = ''
  #lines: SmtpReplyLine[] = []
  #isBroken = false

  constructor(
    private readonly extensions: SmtpExtensions,
    private readonly events: DialogueEvents,
  ) {}

  /** Whether the server may have the whole message. */
  get isDotWritten(): boolean {
    return this.#isDotNext
  }

  /** From here on nodemailer may write the final dot. */
  expectDot(): void {
    this.#isDotNext = true
  }

  /** Forgets the last message. */
  reset(): void {
    this.exchanges.length = 0
    this.#isDotNext = false
    this.#isDotSeen = false
  }

  written(chunk: Buffer): Buffer | undefined {
    if (this.#isInBody) {
      // Nodemailer writes the dot by itself, with what is missing of the line end before it.
      if (this.#isDotNext && /^\r?\n?\.\r\n$/.test(chunk.toString('latin1'))) {
        this.#isDotSeen = true
        this.events.onDot()
      }
      return undefined
    }
    const line = chunk.toString('utf8').trimEnd()
    if (/^EHLO /i.test(line)) return this.#rememberedEhlo()
    this.#command = line
    this.events.onCommand()
    return undefined
  }

  read(chunk: Buffer): void {
    const parts = (this.#rest + chunk.toString('latin1')).split('\n')
    this.#rest = parts.pop() ?? ''
    if (this.#rest.length > LINE_MAX) return this.#violate('endless line')
    for (const part of parts) {
      if (this.#isBroken) return
      this.#line(Buffer.from(part.replace(/\r$/, ''), 'latin1').toString('utf8'))
    }
  }

  #rememberedEhlo(): Buffer {
    const lines = [...this.extensions]
      .filter(([keyword]) => !DONE.includes(keyword))
      .map(([keyword, parameters]) => [keyword, ...parameters].join(' '))
    const all = ['at your service', ...lines]
    const text = all
      .map((line, at) => `250${at === all.length - 1 ? ' ' : '-'}${line}\r\n`)
      .join('')
    return Buffer.from(text)
  }

  #line(line: string): void {
    const parsed = parseSmtpReplyLine(line)
    if (parsed === undefined) return this.#violate(line)
    this.#lines.push(parsed)
    if (!parsed.last) return
    const reply = joinSmtpReply(this.#lines)
    this.#lines = []
    if (reply === undefined) return this.#violate('reply codes differ')
    this.#reply(reply)
  }

  #reply(reply: SmtpReply): void {
    const command = this.#isInBody ? (this.#isDotSeen ? '.' : 'BODY') : this.#command
    const isRefusal = reply.code >= 400
    // 421 may come at any time (RFC 5321 section 3.8).
    const isExpected = command !== undefined || reply.code === 421
    if (!isExpected || (!isRefusal && !isConsent(command, reply.code))) {
      return this.#violate(`${reply.code} ${reply.lines.join(' / ')}`)
    }
    this.exchanges.push({ command: command ?? 'CLOSING', reply })
    this.#command = undefined
    this.#isInBody = command?.toUpperCase() === 'DATA' && !isRefusal
    if (this.#isInBody) this.events.onBody()
    else this.events.onReply()
  }

  #violate(line: string): void {
    this.#isBroken = true
    this.events.onViolation(line)
  }
}

function isConsent(command: string | undefined, code: number): boolean {
  if (command === 'BODY') return false
  return command?.toUpperCase() === 'DATA' ? code === 354 : code >= 200 && code < 300
}
