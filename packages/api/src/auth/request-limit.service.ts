import { createHash } from 'node:crypto'
import { ErrorCode } from '@mailroom/shared'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type pg from 'pg'
import { AppError } from '../errors.js'

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

  /** Counts one request. Throws TOO_MANY_REQUESTS with `retryAfterSeconds` where the limit is reached. */
  async take(whose: string): Promise<void> {
    try {
      await this.#limiter.consume(digest(whose))
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooManyRequests(refusal.msBeforeNext)
      throw refusal
    }
  }
}

/** Something is asked for faster than it is allowed. */
export function tooManyRequests(msBeforeNext: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000))
  return new AppError(
    ErrorCode.TOO_MANY_REQUESTS,
    {
      ja: `短い時間に何度も行われたため、しばらく受け付けません。${retryAfterSeconds}秒後にもう一度お試しください。`,
      en: `Too many requests in a short time. Try again in ${retryAfterSeconds} seconds.`,
    },
    { extensions: { retryAfterSeconds } },
  )
}
