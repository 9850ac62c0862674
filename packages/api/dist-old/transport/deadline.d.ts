/**
 * Gives `work` a wall clock: it ends within `timeoutMs` whatever the peer does, because inactivity
 * timers never end a server that drips a byte a second. Rejects with TIMEOUT, or with the caller's
 * reason when `caller` aborts. The signal handed to `work` says when to let go of sockets.
 */
export declare function withDeadline<T>(timeoutMs: number, caller: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
/** Settles as `promise` does, or rejects with the signal's reason as soon as that aborts. */
export declare function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T>;
