import { ErrorCode } from '@mailroom/shared'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../errors.js'

const PER_MINUTE = 20

/**
 * Keeps one administrator from sending Mailroom to many hosts. Each process counts for itself: what is
 * kept small is how much one of them connects.
 */
export class DiscoveryLimit {
  readonly #limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 })

  /** Counts one search; throws TOO_MANY_REQUESTS with `retryAfterSeconds` once there were too many. */
  async take(userId: string): Promise<void> {
    try {
      await this.#limiter.consume(userId)
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooManySearches(refusal.msBeforeNext)
      throw refusal
    }
  }
}

function tooManySearches(msBeforeNext: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000))
  return new AppError(
    ErrorCode.TOO_MANY_REQUESTS,
    {
      ja: `設定の検索が続いたため、しばらく受け付けません。${retryAfterSeconds}秒後にもう一度お試しください。`,
      en: `Too many searches for settings. Try again in ${retryAfterSeconds} seconds.`,
    },
    { extensions: { retryAfterSeconds } },
  )
}
