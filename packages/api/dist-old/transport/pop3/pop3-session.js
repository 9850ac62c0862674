import { DiagnosisProblem } from '@mailroom/shared';
import { createHash } from 'node:crypto';
import { notThisProtocol, protocolError } from '../peer-errors.js';
import { isSendable, saslPlain } from '../sasl.js';
import { TransportError } from '../transport-error.js';
import { parseApopStamp, parseCapa, parsePop3Status, parseStat, unstuffPop3Line, } from './pop3-parser.js';
const REPLY_MAX_BYTES = 1024 * 1024;
/** Response codes that say "later": RFC 2449 section 8.1 and RFC 3206. */
const TEMPORARY = ['SYS/TEMP', 'IN-USE', 'LOGIN-DELAY'];
/** POP3 (RFC 1939) as far as looking at the maildrop. */
export class Pop3Session {
    #connection;
    #redact;
    #apop;
    /** Undefined where the server does not know CAPA (before RFC 2449). */
    #capabilities;
    // Counts after STLS as well: there is no second greeting (RFC 2595 section 4).
    #stamp;
    constructor({ connection, redact, apop }) {
        this.#connection = connection;
        this.#redact = redact;
        this.#apop = apop;
    }
    get authMethods() {
        const sasl = this.#capabilities?.get('SASL') ?? [];
        const user = this.#offersUser ? ['USER'] : [];
        const apop = this.#stamp === undefined ? [] : ['APOP'];
        return [...new Set([...user, ...apop, ...sasl])];
    }
    get offersStartTls() {
        return this.#capabilities?.has('STLS');
    }
    async greeting(signal) {
        const line = (await this.#connection.readLine(signal)).toString('utf8');
        const status = parsePop3Status(line);
        if (status === undefined)
            throw notThisProtocol(line, this.#redact);
        if (!status.ok)
            throw this.#failure(DiagnosisProblem.GREETING_REFUSED, status);
        this.#stamp = parseApopStamp(status.text);
        return this.#said(status);
    }
    async capabilities(signal) {
        const status = await this.#command('CAPA', signal);
        if (!status.ok) {
            this.#capabilities = undefined;
            return this.#said(status);
        }
        const lines = await this.#readLines(signal);
        this.#capabilities = parseCapa(lines);
        return this.#redact(lines.join(' / '));
    }
    async startTls(signal) {
        // A server without CAPA may have STLS all the same: its answer tells.
        if (this.#capabilities !== undefined && !this.#capabilities.has('STLS')) {
            throw new TransportError(DiagnosisProblem.TLS_NOT_OFFERED);
        }
        const status = await this.#command('STLS', signal);
        if (!status.ok) {
            const problem = this.#capabilities === undefined
                ? DiagnosisProblem.TLS_NOT_OFFERED
                : DiagnosisProblem.TLS_FAILED;
            throw this.#failure(problem, status);
        }
        this.#capabilities = undefined;
    }
    async authenticate(credentials, signal) {
        if (!isSendable(credentials.username) || !isSendable(credentials.password)) {
            throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
                detail: 'The name or the password has a line end or NUL in it.',
            });
        }
        const status = await this.#authenticateBy(credentials, signal);
        if (status.ok)
            return this.#said(status);
        const problem = TEMPORARY.includes(status.code)
            ? DiagnosisProblem.AUTH_TEMPORARY
            : DiagnosisProblem.AUTH_REJECTED;
        throw this.#failure(problem, status);
    }
    async openMailbox(signal) {
        const status = await this.#command('STAT', signal);
        const stat = status.ok ? parseStat(status.text) : undefined;
        if (stat === undefined)
            throw this.#failure(DiagnosisProblem.MAILBOX_FAILED, status);
        return `messages=${stat.count} bytes=${stat.bytes}`;
    }
    async quit(signal) {
        await this.#command('QUIT', signal);
    }
    get #offersUser() {
        return this.#capabilities === undefined || this.#capabilities.has('USER');
    }
    async #authenticateBy(credentials, signal) {
        const { username, password } = credentials;
        if (this.#apop)
            return this.#authenticateByApop(credentials, signal);
        if (this.#offersUser) {
            const user = await this.#command(`USER ${username}`, signal);
            return user.ok ? this.#command(`PASS ${password}`, signal) : user;
        }
        // RFC 5034: a server that wants SASL instead of USER.
        if (!this.authMethods.some((method) => method.toUpperCase() === 'PLAIN')) {
            throw new TransportError(DiagnosisProblem.AUTH_METHOD_NOT_OFFERED, {
                detail: this.#redact(this.authMethods.join(' ')),
            });
        }
        this.#connection.writeLine('AUTH PLAIN');
        const line = (await this.#connection.readLine(signal)).toString('utf8');
        if (line.startsWith('+ ') || line === '+') {
            return this.#command(saslPlain(credentials), signal);
        }
        return this.#parse(line);
    }
    async #authenticateByApop(credentials, signal) {
        if (this.#stamp === undefined)
            throw new TransportError(DiagnosisProblem.APOP_NOT_OFFERED);
        // A space would end the name, and the digest would be read as something else.
        if (/\s/.test(credentials.username))
            throw new TransportError(DiagnosisProblem.AUTH_REJECTED);
        const digest = createHash('md5')
            .update(this.#stamp + credentials.password)
            .digest('hex');
        return this.#command(`APOP ${credentials.username} ${digest}`, signal);
    }
    async #command(line, signal) {
        this.#connection.writeLine(line);
        return this.#parse((await this.#connection.readLine(signal)).toString('utf8'));
    }
    #parse(line) {
        const status = parsePop3Status(line);
        if (status === undefined)
            throw protocolError(line, this.#redact);
        return status;
    }
    async #readLines(signal) {
        const lines = [];
        let bytes = 0;
        for (;;) {
            const raw = (await this.#connection.readLine(signal)).toString('utf8');
            bytes += raw.length + 2;
            if (bytes > REPLY_MAX_BYTES)
                throw protocolError(raw, this.#redact);
            const line = unstuffPop3Line(raw);
            if (line === undefined)
                return lines;
            lines.push(line);
        }
    }
    #said(status) {
        return this.#redact(`${status.ok ? '+OK' : '-ERR'} ${status.text}`.trimEnd());
    }
    #failure(problem, status) {
        return new TransportError(problem, { detail: this.#said(status) });
    }
}
//# sourceMappingURL=pop3-session.js.map