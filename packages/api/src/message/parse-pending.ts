import { ParseProblem, ParseState } from '@mailroom/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import { ANNOUNCE_CHANGE, type ChangeFeed } from '../db/change-feed.js'
import { codeOf } from '../db/error-code.js'
import type { Logger } from '../logger.js'
import { ACCOUNT_TERM } from '../parsing/search-terms.js'
import { ParserClosedError, type MessageParser } from '../parsing/message-parser.js'
import type { ParsedMessage, ParseOutcome } from '../parsing/parsed-message.js'
import type { MessageSourceStore } from './message-source-store.js'
import { OutcomeWriter, type Parsed } from './outcome-writer.js'
import { ParseClaims, type Claimed } from './parse-claims.js'

interface ParseParts {
  readonly dataSource: DataSource
  readonly changes: ChangeFeed
  readonly sources: MessageSourceStore
  readonly parser: Pick<MessageParser, 'parse'>
  /** Whether this process is receiving mail. */
  readonly isReceiving: () => boolean
  readonly logger: Logger
}

/** Parsed at the same time: one that takes its time, ten seconds at most, does not hold up the others. */
export const PARSED_AT_ONCE = 2
/** A third of what a claim lasts. */
const RENEW_MS = 3_000
/** A message that has taken its process down so often is given up. */
const ATTEMPTS_MAX = 3
/** Should an announcement be lost, pending messages are found all the same. */
const LOOK_MS = 5_000
/** Receiving goes first for so long, and parsing then goes on for as long whatever is under way. */
const GIVE_WAY_MS = 10_000
const GIVE_WAY_LOOK_MS = 100

/** What PostgreSQL says of data that it cannot take (classes 22 and 54 of appendix A). */
const DATA_ERROR = /^(22|54)/

/**
 * Parses what was stored, apart from receiving: however bad a message is, it is here already. In each
 * process that receives; a message is parsed by one of them.
 */
export class ParsePending {
  readonly #stopping = new AbortController()
  readonly #claims: ParseClaims
  #running: Promise<void> = Promise.resolve()
  #wake: () => void = () => undefined
  #unlisten: () => void = () => undefined
  #givesWayFromMs = 0

  constructor(private readonly parts: ParseParts) {
    this.#claims = new ParseClaims(parts.dataSource)
  }

  start(): void {
    this.#unlisten = this.parts.changes.on('message', () => this.#wake())
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#unlisten()
    this.#stopping.abort()
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#giveWay(signal)
      const woken = new Promise<void>((resolve) => (this.#wake = resolve))
      const several = await this.#claimed(() => this.#claims.together())
      await this.#parseAll(several)
      const one = signal.aborted ? [] : await this.#claimed(() => this.#claims.alone())
      await this.#parseAll(one)
      if (several.length + one.length === 0 && !signal.aborted) await this.#pause(woken)
    }
  }

  #claimed(claim: () => Promise<Claimed[]>): Promise<Claimed[]> {
    return claim().catch((error: unknown) => {
      this.parts.logger.warn({ err: error }, 'could not look for messages to parse')
      return []
    })
  }

  /** A run's own COMMITs, and the processor, would have to wait for those of parsing. */
  async #giveWay(signal: AbortSignal): Promise<void> {
    const beganMs = performance.now()
    if (beganMs < this.#givesWayFromMs) return
    const isOver = () => performance.now() - beganMs > GIVE_WAY_MS
    while (this.parts.isReceiving() && !isOver()) {
      await sleep(GIVE_WAY_LOOK_MS, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
    }
    if (isOver()) this.#givesWayFromMs = performance.now() + GIVE_WAY_MS
  }

  #pause(woken: Promise<void>): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined
    const look = new Promise<void>((resolve) => (timer = setTimeout(resolve, LOOK_MS)))
    return Promise.race([woken, look]).finally(() => clearTimeout(timer))
  }

  /** Never rejects: one message stops no other. */
  async #parseAll(claimed: readonly Claimed[]): Promise<void> {
    const writer = new OutcomeWriter((several) => this.#save(several))
    const together = claimed.flatMap(({ id, attempts }) => (attempts === 0 ? id : []))
    const renew = () => together.length > 0 && void this.#tell(this.#claims.renew(together))
    const renewing = setInterval(renew, RENEW_MS)
    const untouched = new Set(together)
    const waiting = claimed.values()
    const lane = async () => {
      for (const { id, attempts } of waiting) {
        if (this.#stopping.signal.aborted) return
        untouched.delete(id)
        const outcome = await this.#outcomeOf(id, attempts)
        if (outcome !== undefined) await writer.add({ id, outcome })
      }
    }
    await Promise.all(Array.from({ length: PARSED_AT_ONCE }, lane))
    await writer.flush()
    clearInterval(renewing)
    if (untouched.size > 0) await this.#tell(this.#claims.giveBack([...untouched]))
  }

  /** Undefined where it is gone, or is tried again once its claim ends by itself. */
  async #outcomeOf(id: string, attempts: number): Promise<ParseOutcome | undefined> {
    if (attempts > ATTEMPTS_MAX) return failed('took its process down')
    try {
      const source = await this.parts.sources.read(id)
      return source === null ? undefined : await this.parts.parser.parse(source)
    } catch (error) {
      if (!(error instanceof ParserClosedError)) this.#log(error, id)
      return undefined
    }
  }

  /** All of them, or each that can be saved. */
  async #save(several: readonly Parsed[]): Promise<void> {
    try {
      await this.#commit(several)
    } catch (error) {
      const [first] = several
      if (first === undefined) return
      if (several.length > 1) {
        for (const one of several) await this.#save([one])
        return
      }
      this.#log(error, first.id)
      // Whatever else failed may be better the next time.
      if (!DATA_ERROR.test(codeOf(error) ?? '')) return
      await this.#tell(this.#commit([{ id: first.id, outcome: failed('could not be saved') }]))
    }
  }

  async #commit(several: readonly Parsed[]): Promise<void> {
    await this.parts.dataSource.transaction(async (manager) => {
      const ids = several.map(({ id }) => id)
      await manager.query('DELETE FROM message_content WHERE message_id = ANY ($1::uuid[])', [ids])
      await manager.query('DELETE FROM message_attachment WHERE message_id = ANY ($1::uuid[])', [
        ids,
      ])
      for (const { id, outcome } of several) {
        if (outcome.ok) await saveParsed(manager, id, outcome.message)
        else {
          await manager.query(
            `UPDATE message SET parse_state = $2, parse_problem = $3, parse_claimed_until = NULL
             WHERE id = $1`,
            [id, ParseState.FAILED, outcome.problem],
          )
        }
      }
      await manager.query(ANNOUNCE_CHANGE, ['message'])
    })
  }

  #log(error: unknown, messageId: string): void {
    this.parts.logger.error({ err: error, messageId }, 'a message could not be parsed')
  }

  async #tell(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) =>
      this.parts.logger.warn({ err: error }, 'what is known of parsing could not be written'),
    )
  }
}

const failed = (detail: string): ParseOutcome => ({
  ok: false,
  problem: ParseProblem.PARSE_FAILED,
  detail,
})

async function saveParsed(
  manager: EntityManager,
  id: string,
  message: ParsedMessage,
): Promise<void> {
  const [, affected]: [unknown[], number] = await manager.query(
    `UPDATE message SET parse_state = $2, parse_problem = NULL, parse_claimed_until = NULL,
       message_id = $3, subject = $4, from_name = $5, from_address = $6, sent_at = $7,
       attachment_count = $8, snippet = $9
     WHERE id = $1`,
    [
      ...[id, ParseState.PARSED, message.messageId, message.subject],
      ...[message.from?.name ?? null, message.from?.address ?? null],
      ...[message.date, message.attachments.length, message.snippet],
    ],
  )
  // Gone meanwhile, with its account.
  if (affected === 0) return
  await manager.query(
    `INSERT INTO message_content (message_id, reply_to, recipients, copies, in_reply_to,
       message_references, text, html, is_cut) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, JSON.stringify(message.replyTo), JSON.stringify(message.to)],
      ...[JSON.stringify(message.cc), message.inReplyTo, message.references],
      ...[message.text, message.html, message.isCut],
    ],
  )
  await saveSearchTerms(manager, id, message.searchTerms)
  if (message.attachments.length > 0) await saveAttachments(manager, id, message.attachments)
}

/** Its account is one of its terms, so that a search reads the terms of no other account. */
async function saveSearchTerms(
  manager: EntityManager,
  id: string,
  terms: readonly string[],
): Promise<void> {
  await manager.query(
    `INSERT INTO message_search (message_id, terms)
     SELECT id, array_to_tsvector($2::text[] || ($3::text || account_id)) FROM message WHERE id = $1
     ON CONFLICT (message_id) DO UPDATE SET terms = excluded.terms`,
    [id, terms, ACCOUNT_TERM],
  )
}

async function saveAttachments(
  manager: EntityManager,
  id: string,
  attachments: ParsedMessage['attachments'],
): Promise<void> {
  await manager.query(
    `INSERT INTO message_attachment
       (message_id, position, filename, content_type, size_bytes, content_id, is_inline)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bool[])`,
    [
      id,
      attachments.map(({ position }) => position),
      attachments.map(({ filename }) => filename),
      attachments.map(({ contentType }) => contentType),
      attachments.map(({ sizeBytes }) => sizeBytes),
      attachments.map(({ contentId }) => contentId),
      attachments.map(({ isInline }) => isInline),
    ],
  )
}
