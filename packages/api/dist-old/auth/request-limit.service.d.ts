import type pg from 'pg';
import { AppError } from '../errors.js';
/** What is limited, and how often it may be done. */
interface RequestLimitOptions {
    readonly name: string;
    readonly points: number;
    readonly durationSeconds: number;
}
/** Counts requests of one kind by person in the database, so that every API process counts together. */
export declare class RequestLimit {
    #private;
    constructor(pool: pg.Pool, { name, points, durationSeconds }: RequestLimitOptions);
    /** Counts one request. Throws TOO_MANY_REQUESTS with `retryAfterSeconds` where the limit is reached. */
    take(userId: string): Promise<void>;
}
/** Something is asked for faster than it is allowed. */
export declare function tooManyRequests(msBeforeNext: number): AppError;
export {};
