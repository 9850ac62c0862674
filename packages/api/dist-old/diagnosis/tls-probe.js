import { connect } from 'node:net';
import { connect as secure } from 'node:tls';
/**
 * Whether a port expects TLS from the first byte, which a silent server never says: a second
 * connection says hello in TLS and looks whether the answer is TLS. Never throws; false where
 * nothing could be told before `signal` aborts. No name, password or command is sent.
 */
export function expectsTls(address, port, signal) {
    return new Promise((resolve) => {
        if (signal.aborted)
            return resolve(false);
        const plain = connect({ host: address, port });
        // Only the form of the answer counts here, so the certificate is not judged and nothing is sent.
        const tls = secure({ socket: plain, rejectUnauthorized: false });
        const settle = (answer) => {
            signal.removeEventListener('abort', abandon);
            tls.destroy();
            plain.destroy();
            resolve(answer);
        };
        const abandon = () => settle(false);
        signal.addEventListener('abort', abandon, { once: true });
        // An alert is TLS as well: the server has understood the hello and does not like it.
        const isAlert = (error) => 'code' in error && /_ALERT_/.test(String(error.code));
        tls.once('secureConnect', () => settle(true));
        tls.on('error', (error) => settle(isAlert(error))).once('close', () => settle(false));
        plain.on('error', () => settle(false));
    });
}
//# sourceMappingURL=tls-probe.js.map