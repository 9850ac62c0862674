import { DiagnosisProblem } from '@mailroom/shared';
import { connect, isIPv6 } from 'node:net';
import { withDeadline } from './deadline.js';
import { toTransportError, TransportError } from './transport-error.js';
/** Of several addresses' failures, the one that tells most: somebody answered, nobody did, no way there. */
const TELLING = [
    DiagnosisProblem.CONNECT_REFUSED,
    DiagnosisProblem.CONNECTION_LOST,
    DiagnosisProblem.TIMEOUT,
];
/**
 * Connects to the first of the host's addresses that answers. Each gets an equal share of the time,
 * so that a dead IPv6 address leaves some for the IPv4 one.
 */
export async function openSocket(host, options) {
    const shareMs = options.timeoutMs / host.addresses.length;
    const isFirst = (address) => isIPv6(address) === (options.family === 'IPv6');
    const addresses = options.family === undefined
        ? host.addresses
        : [...host.addresses].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
    const failures = [];
    for (const address of addresses) {
        try {
            return await withDeadline(shareMs, options.signal, (signal) => dial(address, options.port, signal));
        }
        catch (error) {
            options.signal.throwIfAborted();
            const failure = toTransportError(error);
            if (!(failure instanceof TransportError))
                throw failure;
            failures.push(failure);
        }
    }
    throw mostTelling(failures);
}
function mostTelling(failures) {
    for (const problem of TELLING) {
        const found = failures.find((failure) => failure.problem === problem);
        if (found !== undefined)
            return found;
    }
    return failures[0] ?? new TransportError(DiagnosisProblem.CONNECT_UNREACHABLE);
}
function dial(address, port, signal) {
    return new Promise((resolve, reject) => {
        const socket = connect({ host: address, port, noDelay: true });
        const abandon = () => {
            socket.destroy();
            reject(new TransportError(DiagnosisProblem.TIMEOUT));
        };
        signal.addEventListener('abort', abandon, { once: true });
        socket.once('connect', () => {
            signal.removeEventListener('abort', abandon);
            socket.removeAllListeners('error');
            resolve(socket);
        });
        socket.once('error', (error) => {
            signal.removeEventListener('abort', abandon);
            reject(error);
        });
    });
}
//# sourceMappingURL=open-socket.js.map