import { DiagnosisProblem } from '@mailroom/shared'
import type { LineConnection } from '../line-connection.js'
import { protocolError } from '../peer-errors.js'
import type { Redact } from '../redact.js'
import { TransportError } from '../transport-error.js'
import {
  literalLength,
  parseImapResponse,
  type ImapResponse,
  type ImapStatus,
} from './imap-parser.js'

/** All that a server may answer to one of our commands, literals included. */
const REPLY_MAX_BYTES = 1024 * 1024

/** How a command ended, and what its untagged responses said on the way. */
export interface ImapCompletion {
  readonly status: ImapStatus
  readonly code: string
  readonly text: string
  readonly capabilities: readonly string[]
  readonly exists: number | undefined
  readonly found: number
}

interface Untagged {
  capabilities: readonly string[]
  exists: number | undefined
  found: number
  /** The text of a BYE: the reason why the connection is about to end. */
  bye: string | undefined
}

/** What follows a "+" of the server, line end included; throws where nothing of ours may. */
export type ImapContinuation = (text: string) => Buffer

/** Tagged commands, one at a time. */
export class ImapCommands {
  readonly #connection: LineConnection
  readonly #redact: Redact
  #number = 0

  constructor(connection: LineConnection, redact: Redact) {
    this.#connection = connection
    this.#redact = redact
  }

  /** Runs a command to its tagged answer; `next` answers each "+" of the server. */
  async run(
    command: string,
    signal: AbortSignal,
    next: ImapContinuation = this.#refuse,
  ): Promise<ImapCompletion> {
    this.#number += 1
    const tag = `A${this.#number}`
    this.#connection.writeLine(`${tag} ${command}`)
    const untagged: Untagged = { capabilities: [], exists: undefined, found: 0, bye: undefined }
    const budget = { bytes: REPLY_MAX_BYTES }
    for (;;) {
      const response = await this.#read(signal, budget, untagged)
      if (response.kind === 'continuation') this.#connection.writeBytes(next(response.text))
      else if (response.kind === 'status' && response.tag === tag) {
        const { status, code, text } = response
        return { status, code, text, ...untagged }
      } else this.#note(response, untagged)
    }
  }

  /** A question too many: nothing of ours may be taken for its answer. */
  readonly #refuse: ImapContinuation = (text) => {
    throw protocolError(`+ ${text}`, this.#redact)
  }

  #note(response: ImapResponse, untagged: Untagged): void {
    if (response.kind === 'capability') untagged.capabilities = response.capabilities
    else if (response.kind === 'exists') untagged.exists = response.count
    else if (response.kind === 'search') untagged.found += response.count
    else if (response.kind === 'status' && response.tag !== '*') {
      throw protocolError(`answer to ${response.tag}`, this.#redact)
    } else if (response.kind === 'status' && response.status === 'BYE') {
      untagged.bye = response.text
    }
  }

  async #read(
    signal: AbortSignal,
    budget: { bytes: number },
    untagged: Untagged,
  ): Promise<ImapResponse> {
    let text = ''
    try {
      for (;;) {
        const line = (await this.#connection.readLine(signal)).toString('utf8')
        text += line
        budget.bytes -= line.length + 2
        const literal = literalLength(line)
        if (budget.bytes < (literal ?? 0)) throw protocolError('endless answer', this.#redact)
        if (literal === undefined) break
        // What a literal holds is of no interest to these commands.
        await this.#connection.readBytes(literal, signal)
        budget.bytes -= literal
      }
    } catch (error) {
      throw this.#withReason(error, untagged.bye)
    }
    const response = parseImapResponse(text)
    if (response === undefined) throw protocolError(text, this.#redact)
    return response
  }

  /** A connection that ends after a BYE was ended for the reason that the BYE gave. */
  #withReason(error: unknown, bye: string | undefined): unknown {
    const isLost =
      error instanceof TransportError && error.problem === DiagnosisProblem.CONNECTION_LOST
    if (!isLost || bye === undefined) return error
    return new TransportError(error.problem, { detail: this.#redact(bye), cause: error })
  }
}
