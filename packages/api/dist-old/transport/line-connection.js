import { DiagnosisProblem } from '@mailroom/shared';
import { untilAborted } from './deadline.js';
import { toTransportError, TransportError } from './transport-error.js';
/** No reply line of SMTP, POP3 or IMAP comes near; Dovecot takes no more in a command either. */
const LINE_MAX_BYTES = 64 * 1024;
/** What may wait unread before the socket is paused. */
const BUFFER_MAX_BYTES = 256 * 1024;
const LF = 0x0a;
const CR = 0x0d;
/** First byte of a TLS record that carries an alert (RFC 8446 section 5.1). */
const TLS_ALERT = 0x15;
/** Lines over a socket, both ways; bounded, and every wait ends with the caller's signal. */
export class LineConnection {
    #socket;
    #buffer = Buffer.alloc(0);
    #failure;
    #wake;
    constructor(socket, onLine = () => undefined) {
        this.onLine = onLine;
        this.#socket = socket;
        this.#attach(socket);
    }
    /** The socket below, without our listeners: for the TLS handshake that takes it over. */
    detach() {
        const socket = this.#socket;
        for (const event of ['data', 'end', 'close', 'error'])
            socket.removeAllListeners(event);
        // Its errors reach the TLS socket too; without a listener here they would end the process.
        return socket.on('error', () => undefined);
    }
    /** Goes on over another socket, the one with TLS; nothing read before may count after it. */
    adopt(socket) {
        this.#buffer = Buffer.alloc(0);
        this.#failure = undefined;
        this.#socket = socket;
        this.#attach(socket);
    }
    /** Whether the peer has said something that nobody has read. */
    get hasUnread() {
        return this.#buffer.length > 0;
    }
    /** Our end's address as SMTP's EHLO names it (RFC 5321 section 4.1.3). */
    get addressLiteral() {
        const { localAddress = '127.0.0.1', localFamily } = this.#socket;
        return localFamily === 'IPv6' ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
    }
    /** The next line without its end. Throws TLS_EXPECTED where the peer answers in TLS. */
    async readLine(signal) {
        for (;;) {
            if (this.#buffer[0] === TLS_ALERT)
                throw new TransportError(DiagnosisProblem.TLS_EXPECTED);
            const end = this.#buffer.indexOf(LF);
            if (end > LINE_MAX_BYTES || (end < 0 && this.#buffer.length > LINE_MAX_BYTES)) {
                throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: 'endless line' });
            }
            if (end >= 0) {
                const line = this.#take(end + 1);
                const text = line.subarray(0, line[end - 1] === CR ? end - 1 : end);
                this.onLine('server', text.toString('utf8'));
                return text;
            }
            await this.#more(signal);
        }
    }
    /** Exactly `count` bytes, for an IMAP literal; the caller has bounded it. */
    async readBytes(count, signal) {
        while (this.#buffer.length < count)
            await this.#more(signal, count);
        return this.#take(count);
    }
    /** Sends one line. A line end inside it would be a second command (RFC 5321 section 4.1.1): refused. */
    writeLine(line) {
        // eslint-disable-next-line no-control-regex -- control characters are what it looks for
        if (/[\r\n\u0000]/.test(line)) {
            throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, {
                detail: 'a line end or NUL in an argument',
            });
        }
        this.onLine('client', line);
        this.#socket.write(`${line}\r\n`);
    }
    /** Sends bytes as they are, for an IMAP literal. */
    writeBytes(bytes) {
        this.onLine('client', bytes.toString('utf8').trimEnd());
        this.#socket.write(bytes);
    }
    destroy() {
        this.#socket.on('error', () => undefined).destroy();
    }
    #take(count) {
        const taken = this.#buffer.subarray(0, count);
        this.#buffer = this.#buffer.subarray(count);
        return taken;
    }
    async #more(signal, wanted = 0) {
        if (this.#failure !== undefined)
            throw this.#failure;
        const arrival = new Promise((resolve) => (this.#wake = resolve));
        if (this.#buffer.length < Math.max(BUFFER_MAX_BYTES, wanted))
            this.#socket.resume();
        await untilAborted(signal, arrival);
    }
    #attach(socket) {
        socket.on('data', (chunk) => {
            this.#buffer = Buffer.concat([this.#buffer, chunk]);
            if (this.#buffer.length >= BUFFER_MAX_BYTES)
                socket.pause();
            this.#wake?.();
        });
        socket.on('error', (error) => this.#fail(toTransportError(error)));
        const close = () => this.#fail(new TransportError(DiagnosisProblem.CONNECTION_LOST));
        socket.once('end', close).once('close', close);
    }
    #fail(failure) {
        this.#failure ??= failure;
        this.#wake?.();
    }
}
//# sourceMappingURL=line-connection.js.map