import type { RateLimiterPostgres } from 'rate-limiter-flexible'
import type pg from 'pg'
import { consume, createLimiter, digest } from './request-limit.service.js'

/** Failures that are let through before a wait; each passes by itself, so nobody is locked out for good. */
const LIMITS = {
  /** One name from one address: somebody mistyping. */
  pair: { name: 'pair', points: 5, durationSeconds: 60 },
  /** One address with any names: somebody trying a list. */
  address: { name: 'address', points: 40, durationSeconds: 600 },
  /** One name from anywhere: many addresses together. Addresses that signed in before are spared. */
  name: { name: 'name', points: 100, durationSeconds: 600 },
} as const
/** An address from which a name has signed in keeps out of the name's limit this long. */
const KNOWN_ADDRESS_SECONDS = 90 * 24 * 3600

type Kind = keyof typeof LIMITS

/** Counts failed sign-ins in the database, so that every API process counts together. */
export class SignInLimit {
  readonly #limiters: Record<Kind, RateLimiterPostgres>
  readonly #known: RateLimiterPostgres

  constructor(pool: pg.Pool) {
    this.#limiters = {
      pair: createLimiter(pool, LIMITS.pair),
      address: createLimiter(pool, LIMITS.address),
      name: createLimiter(pool, LIMITS.name),
    }
    this.#known = createLimiter(pool, {
      name: 'known',
      points: 1_000_000,
      durationSeconds: KNOWN_ADDRESS_SECONDS,
    })
  }

  /**
   * Counts an attempt before the password is looked at, so that parallel ones cannot slip through.
   * Throws {@link TooManyRequests} where one of the limits is reached.
   */
  async take(nameKey: string, address: string): Promise<void> {
    const isKnown = (await this.#known.get(pairKey(nameKey, address))) !== null
    const keys: [Kind, string][] = [
      ['pair', pairKey(nameKey, address)],
      ['address', digest(address)],
    ]
    if (!isKnown) keys.push(['name', digest(nameKey)])
    for (const [kind, key] of keys) await consume(this.#limiters[kind], key, AFTER_FAILURES)
  }

  /** A right password: forgets the pair's failures and remembers the address. */
  async succeeded(nameKey: string, address: string): Promise<void> {
    await this.#limiters.pair.delete(pairKey(nameKey, address))
    await this.#limiters.address.reward(digest(address), 1)
    await this.#limiters.name.reward(digest(nameKey), 1)
    await this.#known.set(pairKey(nameKey, address), 1, KNOWN_ADDRESS_SECONDS)
  }
}

const pairKey = (nameKey: string, address: string) => digest(`${nameKey}\u0000${address}`)

/** Sign-ins from there are not looked at until it has passed. */
const AFTER_FAILURES = (seconds: number) => ({
  ja: `サインインの失敗が続いたため、しばらく受け付けません。${seconds}秒後にもう一度お試しください。`,
  en: `Too many failed sign-ins. Try again in ${seconds} seconds.`,
})
