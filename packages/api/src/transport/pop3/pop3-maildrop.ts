import { DiagnosisProblem } from '@mailroom/shared'
import {
  collect,
  download,
  numbered,
  statuses,
  type ManyOptions,
  type Pop3Download,
  type Pop3Message,
  type RetrieveOptions,
  type SignedIn,
} from './pop3-download.js'
import {
  parseListingRow,
  parseSize,
  parseSizes,
  parseUniqueId,
  parseUniqueIds,
} from './pop3-listing.js'
import { parseStat, type Pop3Stat, type Pop3Status } from './pop3-parser.js'
import { isTemporary, Pop3Refusal, sayStatus } from './pop3-refusal.js'

/** A maildrop with more messages, or longer unique ids, is refused before it fills the memory. */
const LISTING_LIMITS = { maxRows: 200_000, maxBytes: 32 * 1024 * 1024 }

/** The TRANSACTION state (RFC 1939 section 5): the messages of who has signed in. One command at a time. */
export class Pop3Maildrop {
  constructor(private readonly signedIn: SignedIn) {}

  /** Whether QUIT has been sent. */
  get hasQuit(): boolean {
    return this.signedIn.exchange.isQuitting
  }

  /** How many messages there are, and their bytes as the server counts them, where it says so. */
  async stat(signal: AbortSignal): Promise<Pop3Stat> {
    const status = await this.#require('STAT', signal)
    const stat = parseStat(status.text)
    if (stat === undefined) throw this.#refusal(status)
    return stat
  }

  /** Bytes by message number, as a hint: what RETR brings is what counts. */
  async sizes(signal: AbortSignal): Promise<ReadonlyMap<number, number | undefined>> {
    const { status, rows } = await this.signedIn.exchange.listing('LIST', LISTING_LIMITS, signal)
    if (!status.ok) throw this.#refusal(status)
    return parseSizes(rows)
  }

  /** One message's bytes, as a hint; undefined where the server says none. Throws where there is no such message. */
  async size(number: number, signal: AbortSignal): Promise<number | undefined> {
    return parseOf(await this.#rowOf(number, 'LIST', signal), parseSize)
  }

  /**
   * Unique ids by message number; undefined for a message without a usable one. Undefined as a whole
   * where the server does not know UIDL, which is optional.
   */
  async uniqueIds(
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, string | undefined> | undefined> {
    const { status, rows } = await this.signedIn.exchange.listing('UIDL', LISTING_LIMITS, signal)
    if (status.ok) return parseUniqueIds(rows)
    if (isTemporary(status)) throw this.#refusal(status)
    return undefined
  }

  /** One message's unique id; undefined where it is not usable. Throws where there is no such message. */
  async uniqueId(number: number, signal: AbortSignal): Promise<string | undefined> {
    return parseOf(await this.#rowOf(number, 'UIDL', signal), parseUniqueId)
  }

  /** Messages in the order asked for, each as a stream; one that is left unread is skipped. */
  download(
    numbers: readonly number[],
    options: RetrieveOptions,
  ): AsyncGenerator<Pop3Download, void, undefined> {
    return download(this.signedIn, numbered(numbers, 'RETR'), options)
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
    return collect(download(this.signedIn, numbered(numbers, 'TOP', ` ${lines}`), options))
  }

  /** Marks messages; `quit` deletes them. Each answer in the order asked for. */
  async delete(
    numbers: readonly number[],
    options: ManyOptions,
  ): Promise<{ readonly number: number; readonly status: Pop3Status }[]> {
    return statuses(this.signedIn, numbered(numbers, 'DELE'), options)
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
    return this.signedIn.exchange.quit(signal)
  }

  /** Closes the connection, without QUIT unless it was sent; what comes after fails for the first reason. */
  end(reason: Error): void {
    this.signedIn.exchange.end(reason)
  }

  /** A status as it may be shown. */
  say(status: Pop3Status): string {
    return sayStatus(status, this.signedIn.exchange.show)
  }

  async #require(line: string, signal: AbortSignal): Promise<Pop3Status> {
    const status = await this.signedIn.exchange.command(line, signal)
    if (!status.ok) throw this.#refusal(status)
    return status
  }

  /** What the answer says about this message; undefined where it speaks of another. */
  async #rowOf(number: number, verb: string, signal: AbortSignal): Promise<string | undefined> {
    const [command] = numbered([number], verb)
    const status = await this.#require(command?.line ?? verb, signal)
    const row = parseListingRow(status.text)
    return row?.number === number ? row.value : undefined
  }

  #refusal(status: Pop3Status): Pop3Refusal {
    return new Pop3Refusal(DiagnosisProblem.MAILBOX_FAILED, status, this.signedIn.exchange.show)
  }
}

function parseOf<T>(
  value: string | undefined,
  parse: (value: string) => T | undefined,
): T | undefined {
  return value === undefined ? undefined : parse(value)
}
