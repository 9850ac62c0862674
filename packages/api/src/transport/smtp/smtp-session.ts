import { DiagnosisProblem, SmtpAuthMethod } from '@mailroom/shared'
import type { LineConnection } from '../line-connection.js'
import type { MailSession, SessionOptions } from '../mail-session.js'
import { notThisProtocol, protocolError } from '../peer-errors.js'
import type { Credentials, Redact } from '../redact.js'
import { isSendable, saslCramMd5, saslLogin, saslPlain } from '../sasl.js'
import { TransportError } from '../transport-error.js'
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
}

/** SMTP (RFC 5321) as far as signing in (RFC 4954). */
export class SmtpSession implements MailSession {
  readonly #connection: LineConnection
  readonly #redact: Redact
  readonly #authMethod: SmtpAuthMethod
  #extensions: SmtpExtensions = new Map()

  constructor({ connection, redact, authMethod }: SmtpSessionOptions) {
    this.#connection = connection
    this.#redact = redact
    this.#authMethod = authMethod
  }

  get authMethods(): readonly string[] {
    return this.#extensions.get('AUTH') ?? []
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
    this.#requireOffered()
    if (!isSendable(credentials.username) || !isSendable(credentials.password)) {
      throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
        detail: 'The name or the password has a line end or NUL in it.',
      })
    }
    const reply = await this.#authenticateBy(credentials, signal)
    if (reply.code === 235) return this.#said(reply)
    throw this.#failure(authProblem(reply.code), reply)
  }

  /** One command and its reply, whatever its code. */
  async ask(line: string, signal: AbortSignal): Promise<SmtpReply> {
    return this.#command(line, signal)
  }

  async quit(signal: AbortSignal): Promise<void> {
    await this.#command('QUIT', signal)
  }

  #requireOffered(): void {
    const method = this.#authMethod
    const offered = this.authMethods.map((name) => name.toUpperCase())
    if (!offered.includes(method.replace('_', '-'))) {
      throw new TransportError(DiagnosisProblem.AUTH_METHOD_NOT_OFFERED, {
        detail: this.#redact(offered.join(' ')),
      })
    }
  }

  async #authenticateBy(credentials: Credentials, signal: AbortSignal): Promise<SmtpReply> {
    if (this.#authMethod === SmtpAuthMethod.PLAIN) {
      const response = saslPlain(credentials)
      if (response.length <= INITIAL_RESPONSE_MAX) {
        return this.#command(`AUTH PLAIN ${response}`, signal)
      }
      return this.#answerPrompts('AUTH PLAIN', [() => response], signal)
    }
    if (this.#authMethod === SmtpAuthMethod.LOGIN) {
      // The prompts' words vary by server: any 334 is one.
      const { username, password } = credentials
      const answers = [() => saslLogin(username), () => saslLogin(password)]
      return this.#answerPrompts('AUTH LOGIN', answers, signal)
    }
    const answer = (challenge: string) => saslCramMd5(challenge, credentials)
    return this.#answerPrompts('AUTH CRAM-MD5', [answer], signal)
  }

  /** Gives one answer to each 334; "*" ends the exchange where there is none (RFC 4954 section 4). */
  async #answerPrompts(
    command: string,
    answers: readonly ((challenge: string) => string | undefined)[],
    signal: AbortSignal,
  ): Promise<SmtpReply> {
    let reply = await this.#command(command, signal)
    for (const answer of answers) {
      if (reply.code !== 334) return reply
      const line = answer(reply.lines[0] ?? '')
      if (line === undefined) {
        await this.#command('*', signal)
        throw this.#failure(DiagnosisProblem.PROTOCOL_ERROR, reply)
      }
      reply = await this.#command(line, signal)
    }
    return reply
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
    return new TransportError(problem, { detail: this.#said(reply) })
  }
}

/** RFC 4954 section 6. */
function authProblem(code: number): DiagnosisProblem {
  if (code < 400) return DiagnosisProblem.PROTOCOL_ERROR
  if (code < 500) return DiagnosisProblem.AUTH_TEMPORARY
  // 504: unknown mechanism; 530 and 538: not without TLS; 534: mechanism too weak for this user.
  const refusesMethod = [504, 530, 534, 538].includes(code)
  return refusesMethod ? DiagnosisProblem.AUTH_METHOD_NOT_OFFERED : DiagnosisProblem.AUTH_REJECTED
}
