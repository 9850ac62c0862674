import { createHash } from 'node:crypto'
import { ErrorCode } from '@mailroom/shared'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type pg from 'pg'
import { AppError } from '../errors.js'
import type { Sentence } from '../language.js'

/** What is limited, and how often it may be done. */
interface RequestLimitOptions {
  readonly name: string
  readonly points: number
  readonly durationSeconds: number
}

/** A counter of its own in the table of all limits. */
export function createLimiter(
  pool: pg.Pool,
  { name, points, durationSeconds }: RequestLimitOptions,
): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: durationSeconds,
  })
}

type WaitWords = (seconds: number) => Sentence

const IN_A_SHORT_TIME: WaitWords = (seconds) => ({
  ja: `短い時間に何度も行われたため、しばらく受け付けません。${seconds}秒後にもう一度お試しください。`,
  en: `Too many requests in a short time. Try again in ${seconds} seconds.`,
})

/** What is kept of an address or a name: its SHA-256. */
export const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

/**
 * Counts requests of one kind by person or address in the database, so that every API process counts
 * together.
 */
export class RequestLimit {
  readonly #limiter: RateLimiterPostgres

  constructor(pool: pg.Pool, options: RequestLimitOptions) {
    this.#limiter = createLimiter(pool, options)
  }

  /** Counts one request. Throws {@link TooManyRequests} where the limit is reached. */
  async take(whose: string): Promise<void> {
    await consume(this.#limiter, digest(whose), IN_A_SHORT_TIME)
  }
}

/** Counts one; throws {@link TooManyRequests} in these words where the limit is reached. */
export async function consume(
  limiter: RateLimiterPostgres,
  key: string,
  words: WaitWords,
): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const isFirst = refusal.consumedPoints === limiter.points + 1
    throw new TooManyRequests(refusal.msBeforeNext, { isFirst, words })
  }
}

/** Something is asked for faster than it is allowed. */
export class TooManyRequests extends AppError {
  readonly retryAfterSeconds: number
  /** Whether this one met the limit; those that follow are counted by nobody. */
  readonly isFirst: boolean

  constructor(msBeforeNext: number, { isFirst = false, words = IN_A_SHORT_TIME } = {}) {
    const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000))
    super(ErrorCode.TOO_MANY_REQUESTS, words(retryAfterSeconds), {
      extensions: { retryAfterSeconds },
    })
    this.retryAfterSeconds = retryAfterSeconds
    this.isFirst = isFirst
  }
}
