import { DiagnosisProblem } from '@mailroom/shared';
import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../transport/transport-error.js';
import { expectsTls } from './tls-probe.js';
/** A greeting comes at once from nearly every server; who waits longer may be waiting for TLS. */
const PROBE_AFTER_MS = 1_500;
/**
 * The greeting of a port that should begin in clear text. While it is silent, and when it closes
 * without a word, a second connection asks whether it expects TLS: then TLS_EXPECTED is thrown
 * instead of TIMEOUT or CONNECTION_LOST, and long before the time-out.
 */
export async function greetingOrTls(greeting, { address, port, timeoutMs, signal }) {
    const done = new AbortController();
    const either = AbortSignal.any([done.signal, signal]);
    const probe = async () => {
        await sleep(Math.min(PROBE_AFTER_MS, timeoutMs / 2), undefined, { signal: either });
        if (await expectsTls(address, port, either)) {
            throw new TransportError(DiagnosisProblem.TLS_EXPECTED);
        }
        throw new SilentAsBefore();
    };
    const heard = greeting().catch(async (error) => {
        const isLost = error instanceof TransportError && error.problem === DiagnosisProblem.CONNECTION_LOST;
        if (isLost && (await expectsTls(address, port, either))) {
            throw new TransportError(DiagnosisProblem.TLS_EXPECTED);
        }
        throw error;
    });
    try {
        return await Promise.race([heard, probe()]);
    }
    catch (error) {
        // The probe told nothing: only the greeting itself or the time-out can.
        if (error instanceof SilentAsBefore)
            return await heard;
        throw error;
    }
    finally {
        done.abort();
    }
}
class SilentAsBefore extends Error {
}
//# sourceMappingURL=greeting-or-tls.js.map