import { DiagnosisProblem } from '@mailroom/shared'
import { MessageTooLarge, Pop3Body } from './pop3-body.js'
import type { Pop3Exchange } from './pop3-exchange.js'
import {
  isMessageNumber,
  parseListingRow,
  parseSize,
  parseSizes,
  parseUniqueId,
  parseUniqueIds,
} from './pop3-listing.js'
import { parseStat, type Pop3Status } from './pop3-parser.js'
import { pipeline } from './pop3-pipeline.js'
import { isTemporary, Pop3Refusal } from './pop3-refusal.js'
import { ReceivePace } from './receive-pace.js'

const WINDOW = 32
const MESSAGE_MAX_BYTES = 50 * 1024 * 1024
/** A maildrop with more messages, or longer unique ids, is refused before it fills the memory. */
const LISTING_LIMITS = { maxRows: 200_000, maxBytes: 32 * 1024 * 1024 }

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
export interface MessageRefused {
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

/** The TRANSACTION state (RFC 1939 section 5): the messages of who has signed in. One command at a time. */
export class Pop3Maildrop {
  constructor(
    private readonly exchange: Pop3Exchange,
    /** Whether CAPA says PIPELINING (RFC 2449 section 6.6). */
    private readonly canPipeline: boolean,
  ) {}

  /** How many messages there are, and their bytes as the server counts them. */
  async stat(signal: AbortSignal): Promise<{ readonly count: number; readonly bytes: number }> {
    const status = await this.#require('STAT', signal)
    const stat = parseStat(status.text)
    if (stat === undefined) throw this.#refusal(status)
    return stat
  }

  /** Bytes by message number, as a hint: what RETR brings is what counts. */
  async sizes(signal: AbortSignal): Promise<ReadonlyMap<number, number | undefined>> {
    const { status, rows } = await this.exchange.listing('LIST', LISTING_LIMITS, signal)
    if (!status.ok) throw this.#refusal(status)
    return parseSizes(rows)
  }

  /** One message's bytes, as a hint; undefined where the server says none. Throws where there is no such message. */
  async size(number: number, signal: AbortSignal): Promise<number | undefined> {
    const status = await this.#require(numbered('LIST', number), signal)
    return this.#valueFor(number, status, parseSize)
  }

  /**
   * Unique ids by message number; undefined for a message without a usable one. Undefined as a whole
   * where the server does not know UIDL, which is optional.
   */
  async uniqueIds(
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, string | undefined> | undefined> {
    const { status, rows } = await this.exchange.listing('UIDL', LISTING_LIMITS, signal)
    if (status.ok) return parseUniqueIds(rows)
    if (isTemporary(status)) throw this.#refusal(status)
    return undefined
  }

  /** One message's unique id; undefined where it is not usable. Throws where there is no such message. */
  async uniqueId(number: number, signal: AbortSignal): Promise<string | undefined> {
    const status = await this.#require(numbered('UIDL', number), signal)
    return this.#valueFor(number, status, parseUniqueId)
  }

  /** Messages in the order asked for, each as a stream; one that is left unread is skipped. */
  download(
    numbers: readonly number[],
    options: RetrieveOptions,
  ): AsyncGenerator<Pop3Download, void, undefined> {
    const commands = numbers.map((number) => numbered('RETR', number))
    return this.#download(numbers, commands, options)
  }

  /** Messages in the order asked for, each in one buffer. */
  retrieve(
    numbers: readonly number[],
    options: RetrieveOptions,
  ): AsyncGenerator<Pop3Message, void, undefined> {
    return collect(this.download(numbers, options))
  }

  /** The headers and the first `lines` lines of each message. */
  top(
    numbers: readonly number[],
    lines: number,
    options: RetrieveOptions,
  ): AsyncGenerator<Pop3Message, void, undefined> {
    if (!Number.isSafeInteger(lines) || lines < 0) throw new RangeError(`TOP ${lines} lines`)
    const commands = numbers.map((number) => `${numbered('TOP', number)} ${lines}`)
    return collect(this.#download(numbers, commands, options))
  }

  /** Marks messages; `quit` deletes them. Each answer in the order asked for. */
  async delete(
    numbers: readonly number[],
    options: ManyOptions,
  ): Promise<{ readonly number: number; readonly status: Pop3Status }[]> {
    const commands = numbers.map((number) => numbered('DELE', number))
    const answers: { number: number; status: Pop3Status }[] = []
    for await (const { index, status } of this.#pipeline(commands, options)) {
      answers.push({ number: at(numbers, index), status })
    }
    return answers
  }

  /** Unmarks all that is marked. */
  async reset(signal: AbortSignal): Promise<void> {
    await this.#require('RSET', signal)
  }

  async noop(signal: AbortSignal): Promise<void> {
    await this.#require('NOOP', signal)
  }

  /**
   * QUIT: the UPDATE state (RFC 1939 section 6). Only its +OK says that what was marked is deleted;
   * without any answer nobody knows, and without QUIT nothing is.
   */
  quit(signal: AbortSignal): Promise<Pop3Status> {
    return this.exchange.quit(signal)
  }

  async *#download(
    numbers: readonly number[],
    commands: readonly string[],
    options: RetrieveOptions,
  ): AsyncGenerator<Pop3Download, void, undefined> {
    const { maxBytes = MESSAGE_MAX_BYTES, skipUpToBytes = 0 } = options
    const limits = { maxBytes, skipUpToBytes }
    const pace = new ReceivePace(options.signal, options.timeoutMs)
    for await (const { index, status } of this.#pipeline(commands, options, pace)) {
      const number = at(numbers, index)
      if (!status.ok) yield { kind: 'REFUSED', number, status }
      else {
        const body = new Pop3Body(this.exchange, pace, limits)
        this.exchange.openContent(body)
        yield { kind: 'CONTENT', number, body }
      }
    }
  }

  #pipeline(
    commands: readonly string[],
    { window = WINDOW, signal, timeoutMs }: ManyOptions,
    pace = new ReceivePace(signal, timeoutMs),
  ): ReturnType<typeof pipeline> {
    return pipeline(this.exchange, commands, {
      window: this.canPipeline ? window : 1,
      pace,
      signal,
    })
  }

  async #require(line: string, signal: AbortSignal): Promise<Pop3Status> {
    const status = await this.exchange.command(line, signal)
    if (!status.ok) throw this.#refusal(status)
    return status
  }

  /** What "+OK 2 value" says about message 2, and about no other. */
  #valueFor<T>(
    number: number,
    status: Pop3Status,
    parse: (value: string) => T | undefined,
  ): T | undefined {
    const row = parseListingRow(status.text)
    return row?.number === number ? parse(row.value) : undefined
  }

  #refusal(status: Pop3Status): Pop3Refusal {
    return new Pop3Refusal(DiagnosisProblem.MAILBOX_FAILED, status, this.exchange.show)
  }
}

async function* collect(
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

function numbered(verb: string, number: number): string {
  if (!isMessageNumber(number)) throw new RangeError(`${verb} of message ${number}`)
  return `${verb} ${number}`
}

function at(numbers: readonly number[], index: number): number {
  const number = numbers[index]
  if (number === undefined) throw new Error('an answer to no command')
  return number
}
