import type pg from 'pg';
/** Counts failed sign-ins in the database, so that every API process counts together. */
export declare class SignInLimit {
    #private;
    constructor(pool: pg.Pool);
    /**
     * Counts an attempt before the password is looked at, so that parallel ones cannot slip through.
     * Throws TOO_MANY_REQUESTS with `retryAfterSeconds` where one of the limits is reached.
     */
    take(nameKey: string, address: string): Promise<void>;
    /** A right password: forgets the pair's failures and remembers the address. */
    succeeded(nameKey: string, address: string): Promise<void>;
}
