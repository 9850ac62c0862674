import { DiagnosisProblem, SmtpAuthMethod } from '@mailroom/shared'
import type { LineConnection } from '../line-connection.js'
import type { MailSession, SessionOptions } from '../mail-session.js'
import { notThisProtocol, protocolError } from '../peer-errors.js'
import { alsoMasking, formsOfSaslAnswer, type Credentials, type Redact } from '../redact.js'
import { isSendable, SASL_ROUNDS_MAX, type SaslClient } from '../sasl/sasl-client.js'
import { TransportError } from '../transport-error.js'
import { createSmtpSasl, refusalProblem, requireOffered } from './smtp-auth.js'
import {
  joinSmtpReply,
  parseEhlo,
  parseSmtpReplyLine,
  type SmtpExtensions,
  type SmtpReply,
  type SmtpReplyLine,
} from './smtp-reply-parser.js'

/** More than any server says; a reply is bounded so that an endless one ends (RFC 5321 sets no limit). */
const REPLY_MAX_BYTES = 1024 * 1024
/** RFC 4954 section 4: a longer initial response goes after the server's 334; 512 is every server's line. */
const INITIAL_RESPONSE_MAX = 480

interface SmtpSessionOptions extends SessionOptions {
  /** The one mechanism that is used. */
  readonly authMethod: SmtpAuthMethod
  /** The server's name as it was typed: DIGEST-MD5 hashes it, and some providers are known by it. */
  readonly host: string
}

/** SMTP (RFC 5321) as far as signing in (RFC 4954). */
export class SmtpSession implements MailSession {
  readonly #connection: LineConnection
  readonly #authMethod: SmtpAuthMethod
  readonly #host: string
  #redact: Redact
  #extensions: SmtpExtensions = new Map()

  constructor({ connection, redact, authMethod, host }: SmtpSessionOptions) {
    this.#connection = connection
    this.#redact = redact
    this.#authMethod = authMethod
    this.#host = host
  }

  get authMethods(): readonly string[] {
    return this.#extensions.get('AUTH') ?? []
  }

  get offersStartTls(): boolean | undefined {
    return this.#extensions.size === 0 ? undefined : this.#extensions.has('STARTTLS')
  }

  /** The service extensions on offer; known after `capabilities`. */
  get extensions(): SmtpExtensions {
    return this.#extensions
  }

  async greeting(signal: AbortSignal): Promise<string> {
    const line = (await this.#connection.readLine(signal)).toString('utf8')
    const first = parseSmtpReplyLine(line)
    if (first === undefined) throw notThisProtocol(line, this.#redact)
    const reply = await this.#readReply(signal, first)
    if (reply.code === 220) return this.#said(reply)
    // 554: no mail here (RFC 5321 section 3.1); 421: not now. FTP and NNTP greet with 220 and 200 too.
    const problem =
      reply.code >= 400 ? DiagnosisProblem.GREETING_REFUSED : DiagnosisProblem.NOT_THIS_PROTOCOL
    throw this.#failure(problem, reply)
  }

  async capabilities(signal: AbortSignal): Promise<string> {
    const name = this.#connection.addressLiteral
    const reply = await this.#command(`EHLO ${name}`, signal)
    if (reply.code === 250) {
      this.#extensions = parseEhlo(reply)
      return this.#said(reply)
    }
    // A server from before RFC 1869; it has no extensions and so neither TLS nor AUTH.
    this.#extensions = new Map()
    const old = reply.code >= 500 ? await this.#command(`HELO ${name}`, signal) : reply
    if (old.code !== 250) throw this.#failure(DiagnosisProblem.PROTOCOL_ERROR, old)
    return this.#said(old)
  }

  async startTls(signal: AbortSignal): Promise<void> {
    if (!this.#extensions.has('STARTTLS')) {
      throw new TransportError(DiagnosisProblem.TLS_NOT_OFFERED)
    }
    const reply = await this.#command('STARTTLS', signal)
    if (reply.code !== 220) throw this.#failure(DiagnosisProblem.TLS_FAILED, reply)
    // RFC 3207 section 4.2: what was learned before TLS is forgotten.
    this.#extensions = new Map()
  }

  async authenticate(credentials: Credentials, signal: AbortSignal): Promise<string> {
    if (this.#authMethod === SmtpAuthMethod.NONE) return ''
    if (!isSendable(credentials.username) || !isSendable(credentials.password)) {
      throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
        detail: 'The name or the password has a line end or NUL in it.',
      })
    }
    const mechanism = requireOffered(this.#authMethod, this.#extensions, {
      isSecured: this.#connection.isSecured,
      redact: this.#redact,
    })
    const client = createSmtpSasl(mechanism, credentials, this.#host)
    const reply = await this.#exchange(client, signal)
    if (reply.code === 235) return this.#said(reply)
    throw this.#refusal(client, reply)
  }

  /** One command and its reply, whatever its code. */
  async ask(line: string, signal: AbortSignal): Promise<SmtpReply> {
    return this.#command(line, signal)
  }

  async quit(signal: AbortSignal): Promise<void> {
    await this.#command('QUIT', signal)
  }

  /** One exchange, and the mechanism's alternative where the first is refused. */
  async #exchange(client: SaslClient, signal: AbortSignal): Promise<SmtpReply> {
    const reply = await this.#runSasl(client, signal)
    const alternative = reply.code === 535 ? client.alternative : undefined
    if (alternative === undefined) return reply
    try {
      return await this.#runSasl(alternative(), signal)
    } catch (error) {
      // A server that hangs up after one refusal has refused.
      const isLost =
        error instanceof TransportError && error.problem === DiagnosisProblem.CONNECTION_LOST
      if (isLost) return reply
      throw error
    }
  }

  /** RFC 4954 section 4, to the first reply that is no challenge. */
  async #runSasl(client: SaslClient, signal: AbortSignal): Promise<SmtpReply> {
    let initial = client.initialResponse
    if (initial !== undefined) this.#mask(initial)
    const isInline = initial !== undefined && initial.length <= INITIAL_RESPONSE_MAX
    const command = `AUTH ${client.mechanism}${isInline ? ` ${initial}` : ''}`
    if (isInline) initial = undefined
    let reply = await this.#command(command, signal)
    for (let round = 0; reply.code === 334 && round < SASL_ROUNDS_MAX; round++) {
      const answer = initial ?? this.#respond(client, reply)
      initial = undefined
      this.#mask(answer)
      reply = await this.#command(answer, signal)
    }
    if (reply.code === 235) client.assertProven?.()
    return reply
  }

  #respond(client: SaslClient, reply: SmtpReply): string {
    try {
      return client.respond((reply.lines[0] ?? '').trim())
    } catch (error) {
      // "*" cancels; what the server says to it is of no interest, and it may say nothing.
      this.#connection.writeLine('*')
      throw error
    }
  }

  #mask(answer: string): void {
    this.#redact = alsoMasking(this.#redact, formsOfSaslAnswer(answer))
  }

  #refusal({ complaint, mechanism }: SaslClient, reply: SmtpReply): TransportError {
    const problem = refusalProblem(mechanism, reply, this.#host)
    const told = complaint === undefined || complaint === '' ? '' : ` (${complaint})`
    return new TransportError(problem, {
      detail: this.#said(reply) + this.#redact(told),
      replyCode: reply.code,
    })
  }

  async #command(line: string, signal: AbortSignal): Promise<SmtpReply> {
    this.#connection.writeLine(line)
    return this.#readReply(signal)
  }

  async #readReply(signal: AbortSignal, first?: SmtpReplyLine): Promise<SmtpReply> {
    const lines: SmtpReplyLine[] = first === undefined ? [] : [first]
    let bytes = 0
    while (lines.at(-1)?.last !== true) {
      const line = (await this.#connection.readLine(signal)).toString('utf8')
      const parsed = parseSmtpReplyLine(line)
      bytes += line.length + 2
      if (parsed === undefined || bytes > REPLY_MAX_BYTES) throw protocolError(line, this.#redact)
      lines.push(parsed)
    }
    const reply = joinSmtpReply(lines)
    if (reply === undefined) throw protocolError('reply codes differ', this.#redact)
    return reply
  }

  #said(reply: SmtpReply): string {
    return this.#redact(`${reply.code} ${reply.lines.join(' / ')}`)
  }

  #failure(problem: DiagnosisProblem, reply: SmtpReply): TransportError {
    return new TransportError(problem, { detail: this.#said(reply), replyCode: reply.code })
  }
}
