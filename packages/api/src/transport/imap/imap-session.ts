import { DiagnosisProblem, type IncomingAuthMethod } from '@mailroom/shared'
import type { LineConnection } from '../line-connection.js'
import type { ReceivingSession, SessionOptions } from '../mail-session.js'
import { notThisProtocol, protocolError } from '../peer-errors.js'
import { alsoMasking, formsOfSaslAnswer, type Credentials, type Redact } from '../redact.js'
import { isSendable, type SaslClient } from '../sasl/sasl-client.js'
import { TransportError } from '../transport-error.js'
import { chooseImapSignIn, refusalProblem } from './imap-auth.js'
import { ImapCommands, type ImapCompletion } from './imap-commands.js'
import { capabilitiesOfCode, parseImapResponse, quoteImapString } from './imap-parser.js'

interface ImapSessionOptions extends SessionOptions {
  /** Whether TLS comes by STARTTLS, which a server that calls us signed in already makes impossible. */
  readonly startsTls: boolean
  readonly authMethod: IncomingAuthMethod
  /** The server's name as it was typed; some providers are known by it. */
  readonly host: string
}

/** IMAP4 (RFC 3501, RFC 9051) as far as looking into the INBOX. */
export class ImapSession implements ReceivingSession {
  readonly #connection: LineConnection
  readonly #commands: ImapCommands
  readonly #startsTls: boolean
  readonly #authMethod: IncomingAuthMethod
  readonly #host: string
  #redact: Redact
  #capabilities: readonly string[] = []
  #isSignedIn = false

  constructor({ connection, redact, startsTls, authMethod, host }: ImapSessionOptions) {
    this.#connection = connection
    this.#redact = redact
    this.#commands = new ImapCommands(connection, (text) => this.#redact(text))
    this.#startsTls = startsTls
    this.#authMethod = authMethod
    this.#host = host
  }

  get authMethods(): readonly string[] {
    const sasl = this.#capabilities
      .filter((name) => /^AUTH=/i.test(name))
      .map((name) => name.slice('AUTH='.length))
    return [...new Set([...(this.#has('LOGINDISABLED') ? [] : ['LOGIN']), ...sasl])]
  }

  get offersStartTls(): boolean | undefined {
    return this.#capabilities.length === 0 ? undefined : this.#has('STARTTLS')
  }

  async greeting(signal: AbortSignal): Promise<string> {
    const line = (await this.#connection.readLine(signal)).toString('utf8')
    const response = parseImapResponse(line)
    if (response?.kind !== 'status' || response.tag !== '*') {
      throw notThisProtocol(line, this.#redact)
    }
    if (response.status === 'PREAUTH') this.#acceptPreauth(line)
    else if (response.status !== 'OK') {
      throw new TransportError(DiagnosisProblem.GREETING_REFUSED, { detail: this.#redact(line) })
    }
    return this.#redact(line)
  }

  async capabilities(signal: AbortSignal): Promise<string> {
    const completion = await this.#commands.run('CAPABILITY', signal)
    if (completion.status !== 'OK') throw this.#failure(DiagnosisProblem.PROTOCOL_ERROR, completion)
    this.#capabilities = completion.capabilities
    return this.#redact(completion.capabilities.join(' '))
  }

  async startTls(signal: AbortSignal): Promise<void> {
    if (!this.#has('STARTTLS')) throw new TransportError(DiagnosisProblem.TLS_NOT_OFFERED)
    const completion = await this.#commands.run('STARTTLS', signal)
    if (completion.status !== 'OK') throw this.#failure(DiagnosisProblem.TLS_FAILED, completion)
    // RFC 3501 section 6.2.1: what was learned before TLS is forgotten.
    this.#capabilities = []
  }

  async authenticate(credentials: Credentials, signal: AbortSignal): Promise<string> {
    if (this.#isSignedIn) return 'PREAUTH'
    if (!isSendable(credentials.username) || !isSendable(credentials.password)) {
      throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
        detail: 'The name or the password has a line end or NUL in it.',
      })
    }
    const signIn = chooseImapSignIn(this.#authMethod, credentials, {
      capabilities: this.#capabilities,
      isSecured: this.#connection.isSecured,
      redact: this.#redact,
    })
    const completion =
      signIn === 'LOGIN'
        ? await this.#login(credentials, signal)
        : await this.#authenticateBySasl(signIn, signal)
    if (completion.status === 'OK') return this.#said(completion)
    const complaint = signIn === 'LOGIN' ? undefined : signIn.complaint
    const problem = refusalProblem(this.#authMethod, completion, this.#capabilities, this.#host)
    const told = complaint === undefined || complaint === '' ? '' : ` (${complaint})`
    throw new TransportError(problem, { detail: this.#said(completion) + this.#redact(told) })
  }

  async openMailbox(signal: AbortSignal): Promise<string> {
    // EXAMINE and not SELECT: nothing changes, not even \Recent (RFC 3501 section 6.3.2).
    const examined = await this.#commands.run('EXAMINE INBOX', signal)
    if (examined.status !== 'OK' || examined.exists === undefined) {
      throw this.#failure(DiagnosisProblem.MAILBOX_FAILED, examined)
    }
    const unseen = await this.#commands.run('SEARCH UNSEEN', signal)
    const known = unseen.status === 'OK' ? ` unseen=${unseen.found}` : ''
    return `messages=${examined.exists}${known}`
  }

  async quit(signal: AbortSignal): Promise<void> {
    await this.#commands.run('LOGOUT', signal)
  }

  #acceptPreauth(line: string): void {
    // RFC 3501 section 6.2.1 allows STARTTLS only before signing in: whoever says PREAUTH to a client
    // that wants TLS keeps it in clear text.
    if (this.#startsTls) {
      throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: this.#redact(line) })
    }
    this.#isSignedIn = true
  }

  /** AUTHENTICATE (RFC 9051 section 6.2.2); SASL-IR (RFC 4959) saves a round trip. */
  async #authenticateBySasl(client: SaslClient, signal: AbortSignal): Promise<ImapCompletion> {
    let initial = client.initialResponse
    if (initial !== undefined) this.#mask(initial)
    const isInline = initial !== undefined && this.#has('SASL-IR')
    const command = `AUTHENTICATE ${client.mechanism}${isInline ? ` ${initial}` : ''}`
    if (isInline) initial = undefined
    const completion = await this.#commands.run(command, signal, (challenge) => {
      const answer = initial ?? this.#respond(client, challenge)
      initial = undefined
      this.#mask(answer)
      return Buffer.from(`${answer}\r\n`)
    })
    if (completion.status === 'OK') client.assertProven?.()
    return completion
  }

  #respond(client: SaslClient, challenge: string): string {
    try {
      return client.respond(challenge.trim())
    } catch (error) {
      // "*" cancels; what the server says to it is of no interest, and it may say nothing.
      this.#connection.writeLine('*')
      throw error
    }
  }

  #mask(answer: string): void {
    this.#redact = alsoMasking(this.#redact, formsOfSaslAnswer(answer))
  }

  async #login({ username, password }: Credentials, signal: AbortSignal): Promise<ImapCompletion> {
    const [name, secret] = [quoteImapString(username), quoteImapString(password)]
    if (name !== undefined && secret !== undefined) {
      return this.#commands.run(`LOGIN ${name} ${secret}`, signal)
    }
    return this.#loginByLiterals(Buffer.from(username), Buffer.from(password), signal)
  }

  /** Each literal waits for the server's "+" (RFC 3501 section 4.3). */
  #loginByLiterals(name: Buffer, secret: Buffer, signal: AbortSignal): Promise<ImapCompletion> {
    const left = [
      Buffer.concat([name, Buffer.from(` {${secret.length}}\r\n`)]),
      Buffer.concat([secret, Buffer.from('\r\n')]),
    ]
    return this.#commands.run(`LOGIN {${name.length}}`, signal, (text) => {
      const part = left.shift()
      if (part === undefined) throw protocolError(`+ ${text}`, this.#redact)
      return part
    })
  }

  #has(capability: string): boolean {
    return this.#capabilities.some((name) => name.toUpperCase() === capability)
  }

  #said({ status, code, text }: ImapCompletion): string {
    const shown = code === '' || capabilitiesOfCode(code) !== undefined ? '' : ` [${code}]`
    return this.#redact(`${status}${shown} ${text}`)
  }

  #failure(problem: DiagnosisProblem, completion: ImapCompletion): TransportError {
    return new TransportError(problem, { detail: this.#said(completion) })
  }
}
