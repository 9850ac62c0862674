import { MessageTooLarge, Pop3Body } from './pop3-body.js'
import type { Pop3Exchange } from './pop3-exchange.js'
import { isMessageNumber } from './pop3-listing.js'
import type { Pop3Status } from './pop3-parser.js'
import { pipeline, type NumberedCommand } from './pop3-pipeline.js'
import { ReceivePace } from './receive-pace.js'

const WINDOW = 32
const MESSAGE_MAX_BYTES = 50 * 1024 * 1024

export interface ManyOptions {
  readonly signal: AbortSignal
  /** Wall clock of each answer; a message's body may take longer while it moves. Without it the signal alone ends a wait. */
  readonly timeoutMs?: number
  /** How many commands go ahead of their answers where the server offers PIPELINING. [32] */
  readonly window?: number
}

export interface RetrieveOptions extends ManyOptions {
  /** A longer message is too large. [50 MiB] */
  readonly maxBytes?: number
  /** A message too large is read on up to here to keep the connection; beyond, the connection is closed. [0] */
  readonly skipUpToBytes?: number
}

/** The server would not do this for this message. */
interface MessageRefused {
  readonly kind: 'REFUSED'
  readonly number: number
  readonly status: Pop3Status
}

/** A message on its way. */
export type Pop3Download =
  MessageRefused | { readonly kind: 'CONTENT'; readonly number: number; readonly body: Pop3Body }

/** A message, byte for byte, or why there is none. */
export type Pop3Message =
  | MessageRefused
  | { readonly kind: 'MESSAGE'; readonly number: number; readonly bytes: Buffer }
  | {
      readonly kind: 'TOO_LARGE'
      readonly number: number
      readonly bytesRead: number
      /** The connection was closed; asking for the next message fails. */
      readonly sessionEnded: boolean
    }

/** An exchange that has signed in, and whether CAPA says PIPELINING (RFC 2449 section 6.6). */
export interface SignedIn {
  readonly exchange: Pop3Exchange
  readonly canPipeline: boolean
}

/** Commands for these messages. A number that no message can have is a mistake of the program. */
export function numbered(numbers: readonly number[], verb: string, rest = ''): NumberedCommand[] {
  return numbers.map((number) => {
    if (!isMessageNumber(number)) throw new RangeError(`${verb} of message ${number}`)
    return { number, line: `${verb} ${number}${rest}` }
  })
}

/** Sends commands that have no content in their answers; all the answers in order. */
export async function statuses(
  { exchange, canPipeline }: SignedIn,
  commands: readonly NumberedCommand[],
  { signal, timeoutMs, window = WINDOW }: ManyOptions,
): Promise<{ readonly number: number; readonly status: Pop3Status }[]> {
  const pace = new ReceivePace(signal, timeoutMs)
  const options = { window: canPipeline ? window : 1, pace, signal }
  const answers: { readonly number: number; readonly status: Pop3Status }[] = []
  for await (const { number, status } of pipeline(exchange, commands, options)) {
    answers.push({ number, status })
  }
  return answers
}

/** Messages in the order of the commands, each as a stream; one that is left unread is skipped. */
export async function* download(
  { exchange, canPipeline }: SignedIn,
  commands: readonly NumberedCommand[],
  options: RetrieveOptions,
): AsyncGenerator<Pop3Download, void, undefined> {
  const { signal, timeoutMs, window = WINDOW } = options
  const { maxBytes = MESSAGE_MAX_BYTES, skipUpToBytes = 0 } = options
  const pace = new ReceivePace(signal, timeoutMs)
  const answers = pipeline(exchange, commands, {
    window: canPipeline ? window : 1,
    ...{ pace, signal },
    createContent: () => new Pop3Body(exchange, pace, { maxBytes, skipUpToBytes }),
  })
  for await (const { number, status, content } of answers) {
    const isContent = status.ok && content !== undefined
    yield isContent
      ? { kind: 'CONTENT', number, body: content }
      : { kind: 'REFUSED', number, status }
  }
}

/** The same with each message in one buffer. */
export async function* collect(
  downloads: AsyncGenerator<Pop3Download, void, undefined>,
): AsyncGenerator<Pop3Message, void, undefined> {
  for await (const download of downloads) {
    yield download.kind === 'REFUSED' ? download : await collectOne(download.number, download.body)
  }
}

async function collectOne(number: number, body: Pop3Body): Promise<Pop3Message> {
  try {
    return { kind: 'MESSAGE', number, bytes: await body.collect() }
  } catch (error) {
    if (!(error instanceof MessageTooLarge)) throw error
    const { bytesRead, sessionEnded } = error
    return { kind: 'TOO_LARGE', number, bytesRead, sessionEnded }
  }
}
