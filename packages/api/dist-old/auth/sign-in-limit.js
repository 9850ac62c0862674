import { createHash } from 'node:crypto';
import { ErrorCode } from '@mailroom/shared';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.js';
/** Failures that are let through before a wait; each passes by itself, so nobody is locked out for good. */
const LIMITS = {
    /** One name from one address: somebody mistyping. */
    pair: { points: 5, duration: 60 },
    /** One address with any names: somebody trying a list. */
    address: { points: 40, duration: 600 },
    /** One name from anywhere: many addresses together. Addresses that signed in before are spared. */
    name: { points: 100, duration: 600 },
};
/** An address from which a name has signed in keeps out of the name's limit this long. */
const KNOWN_ADDRESS_SECONDS = 90 * 24 * 3600;
/** Counts failed sign-ins in the database, so that every API process counts together. */
export class SignInLimit {
    #limiters;
    #known;
    constructor(pool) {
        const limiter = (kind, points, duration) => new RateLimiterPostgres({
            storeClient: pool,
            storeType: 'pool',
            tableName: 'rate_limit',
            tableCreated: true,
            keyPrefix: kind,
            points,
            duration,
        });
        this.#limiters = {
            pair: limiter('pair', LIMITS.pair.points, LIMITS.pair.duration),
            address: limiter('address', LIMITS.address.points, LIMITS.address.duration),
            name: limiter('name', LIMITS.name.points, LIMITS.name.duration),
        };
        this.#known = limiter('known', 1_000_000, KNOWN_ADDRESS_SECONDS);
    }
    /**
     * Counts an attempt before the password is looked at, so that parallel ones cannot slip through.
     * Throws TOO_MANY_REQUESTS with `retryAfterSeconds` where one of the limits is reached.
     */
    async take(nameKey, address) {
        const isKnown = (await this.#known.get(pairKey(nameKey, address))) !== null;
        const keys = [
            ['pair', pairKey(nameKey, address)],
            ['address', digest(address)],
        ];
        if (!isKnown)
            keys.push(['name', digest(nameKey)]);
        for (const [kind, key] of keys)
            await this.#consume(kind, key);
    }
    /** A right password: forgets the pair's failures and remembers the address. */
    async succeeded(nameKey, address) {
        await this.#limiters.pair.delete(pairKey(nameKey, address));
        await this.#limiters.address.reward(digest(address), 1);
        await this.#limiters.name.reward(digest(nameKey), 1);
        await this.#known.set(pairKey(nameKey, address), 1, KNOWN_ADDRESS_SECONDS);
    }
    async #consume(kind, key) {
        try {
            await this.#limiters[kind].consume(key);
        }
        catch (refusal) {
            if (refusal instanceof RateLimiterRes)
                throw tooManyAttempts(refusal.msBeforeNext);
            throw refusal;
        }
    }
}
const digest = (text) => createHash('sha256').update(text).digest('base64url');
const pairKey = (nameKey, address) => digest(`${nameKey}\u0000${address}`);
function tooManyAttempts(msBeforeNext) {
    const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return new AppError(ErrorCode.TOO_MANY_REQUESTS, {
        ja: `サインインの失敗が続いたため、しばらく受け付けません。${retryAfterSeconds}秒後にもう一度お試しください。`,
        en: `Too many failed sign-ins. Try again in ${retryAfterSeconds} seconds.`,
    }, { extensions: { retryAfterSeconds } });
}
//# sourceMappingURL=sign-in-limit.js.map