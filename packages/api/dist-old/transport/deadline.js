import { DiagnosisProblem } from '@mailroom/shared';
import { TransportError } from './transport-error.js';
/**
 * Gives `work` a wall clock: it ends within `timeoutMs` whatever the peer does, because inactivity
 * timers never end a server that drips a byte a second. Rejects with TIMEOUT, or with the caller's
 * reason when `caller` aborts. The signal handed to `work` says when to let go of sockets.
 */
export async function withDeadline(timeoutMs, caller, work) {
    caller?.throwIfAborted();
    const controller = new AbortController();
    const { signal } = controller;
    const timeout = () => controller.abort(new TransportError(DiagnosisProblem.TIMEOUT));
    const timer = setTimeout(timeout, timeoutMs);
    const abort = () => controller.abort(caller?.reason);
    caller?.addEventListener('abort', abort, { once: true });
    try {
        return await untilAborted(signal, work(signal));
    }
    finally {
        clearTimeout(timer);
        caller?.removeEventListener('abort', abort);
    }
}
/** Settles as `promise` does, or rejects with the signal's reason as soon as that aborts. */
export function untilAborted(signal, promise) {
    return new Promise((resolve, reject) => {
        const abort = () => reject(asError(signal.reason));
        if (signal.aborted)
            abort();
        signal.addEventListener('abort', abort, { once: true });
        promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
}
function asError(reason) {
    return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
//# sourceMappingURL=deadline.js.map