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

interface ParseParts {
  readonly dataSource: DataSource
  readonly changes: ChangeFeed
  readonly sources: MessageSourceStore
  readonly parser: MessageParser
  /** Whether this process is receiving mail. */
  readonly isReceiving: () => boolean
  readonly logger: Logger
}

/** One at a time: a message that takes the process down costs no other one a try. */
const CLAIM = 1
/** A process that died leaves its messages to the others after this. */
const CLAIM_SECONDS = 120
/** A message that has taken its process down so often is given up. */
const ATTEMPTS_MAX = 3
/** Should an announcement be lost, pending messages are found all the same. */
const LOOK_MS = 5_000
/** Receiving goes first for so long, and parsing then goes on for as long whatever is under way. */
const GIVE_WAY_MS = 10_000
const GIVE_WAY_LOOK_MS = 100

/** What PostgreSQL says of data that it cannot take (classes 22 and 54 of appendix A). */
const DATA_ERROR = /^(22|54)/

interface Claimed {
  readonly id: string
  readonly attempts: number
}

/**
 * Parses what was stored, apart from receiving: however bad a message is, it is here already. In each
 * process that receives; a message is parsed by one of them.
 */
export class ParsePending {
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #wake: () => void = () => undefined
  #unlisten: () => void = () => undefined
  #givesWayFromMs = 0

  constructor(private readonly parts: ParseParts) {}

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
      const claimed = await this.#claim().catch((error: unknown) => {
        this.parts.logger.warn({ err: error }, 'could not look for messages to parse')
        return []
      })
      for (const each of claimed) {
        if (!signal.aborted) await this.#parse(each)
      }
      if (claimed.length < CLAIM && !signal.aborted) await this.#pause(woken)
    }
  }

  /** Parsing commits each message: a run's own COMMITs, and the processor, would have to wait for it. */
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

  async #claim(): Promise<Claimed[]> {
    const [rows]: [Claimed[], number] = await this.parts.dataSource.query(
      `UPDATE message SET parse_attempts = parse_attempts + 1,
         parse_claimed_until = now() + $2 * interval '1 s'
       WHERE id IN (SELECT id FROM message WHERE parse_state = 'PENDING'
           AND (parse_claimed_until IS NULL OR parse_claimed_until < now())
         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, parse_attempts AS attempts`,
      [CLAIM, CLAIM_SECONDS],
    )
    return rows
  }

  /** Never rejects: one message stops no other. */
  async #parse({ id, attempts }: Claimed): Promise<void> {
    try {
      await this.#save(id, await this.#outcomeOf(id, attempts))
    } catch (error) {
      // Its claim ends by itself, and then it is tried again.
      if (error instanceof ParserClosedError) return
      this.parts.logger.error({ err: error, messageId: id }, 'a message could not be parsed')
      // Whatever else failed may be better the next time.
      if (!DATA_ERROR.test(codeOf(error) ?? '')) return
      await this.#save(id, failed('could not be saved')).catch(() => undefined)
    }
  }

  async #outcomeOf(id: string, attempts: number): Promise<ParseOutcome | undefined> {
    if (attempts > ATTEMPTS_MAX) return failed('took its process down')
    const source = await this.parts.sources.read(id)
    return source === null ? undefined : this.parts.parser.parse(source)
  }

  async #save(id: string, outcome: ParseOutcome | undefined): Promise<void> {
    if (outcome === undefined) return
    await this.parts.dataSource.transaction(async (manager) => {
      if (outcome.ok) await saveParsed(manager, id, outcome.message)
      else {
        await manager.query(
          `UPDATE message SET parse_state = $2, parse_problem = $3, parse_claimed_until = NULL
           WHERE id = $1`,
          [id, ParseState.FAILED, outcome.problem],
        )
      }
      await manager.query(ANNOUNCE_CHANGE, ['message'])
    })
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
  await manager.query('DELETE FROM message_content WHERE message_id = $1', [id])
  await manager.query('DELETE FROM message_attachment WHERE message_id = $1', [id])
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
