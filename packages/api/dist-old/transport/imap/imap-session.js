import { DiagnosisProblem } from '@mailroom/shared';
import { notThisProtocol } from '../peer-errors.js';
import { isSendable, saslPlain } from '../sasl.js';
import { TransportError } from '../transport-error.js';
import { ImapCommands } from './imap-commands.js';
import { capabilitiesOfCode, parseImapResponse, quoteImapString } from './imap-parser.js';
/** Response codes that say "later" (RFC 5530 section 3, RFC 9051 section 7.1). */
const TEMPORARY = ['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN'];
/** IMAP4 (RFC 3501, RFC 9051) as far as looking into the INBOX. */
export class ImapSession {
    #connection;
    #redact;
    #commands;
    #startsTls;
    #capabilities = [];
    #isSignedIn = false;
    constructor({ connection, redact, startsTls }) {
        this.#connection = connection;
        this.#redact = redact;
        this.#commands = new ImapCommands(connection, redact);
        this.#startsTls = startsTls;
    }
    get authMethods() {
        const sasl = this.#capabilities
            .filter((name) => /^AUTH=/i.test(name))
            .map((name) => name.slice('AUTH='.length));
        return [...new Set([...(this.#has('LOGINDISABLED') ? [] : ['LOGIN']), ...sasl])];
    }
    get offersStartTls() {
        return this.#capabilities.length === 0 ? undefined : this.#has('STARTTLS');
    }
    async greeting(signal) {
        const line = (await this.#connection.readLine(signal)).toString('utf8');
        const response = parseImapResponse(line);
        if (response?.kind !== 'status' || response.tag !== '*') {
            throw notThisProtocol(line, this.#redact);
        }
        if (response.status === 'PREAUTH')
            this.#acceptPreauth(line);
        else if (response.status !== 'OK') {
            throw new TransportError(DiagnosisProblem.GREETING_REFUSED, { detail: this.#redact(line) });
        }
        return this.#redact(line);
    }
    async capabilities(signal) {
        const completion = await this.#commands.run('CAPABILITY', signal);
        if (completion.status !== 'OK')
            throw this.#failure(DiagnosisProblem.PROTOCOL_ERROR, completion);
        this.#capabilities = completion.capabilities;
        return this.#redact(completion.capabilities.join(' '));
    }
    async startTls(signal) {
        if (!this.#has('STARTTLS'))
            throw new TransportError(DiagnosisProblem.TLS_NOT_OFFERED);
        const completion = await this.#commands.run('STARTTLS', signal);
        if (completion.status !== 'OK')
            throw this.#failure(DiagnosisProblem.TLS_FAILED, completion);
        // RFC 3501 section 6.2.1: what was learned before TLS is forgotten.
        this.#capabilities = [];
    }
    async authenticate(credentials, signal) {
        if (this.#isSignedIn)
            return 'PREAUTH';
        if (!isSendable(credentials.username) || !isSendable(credentials.password)) {
            throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
                detail: 'The name or the password has a line end or NUL in it.',
            });
        }
        const completion = await this.#authenticateBy(credentials, signal);
        if (completion.status !== 'OK')
            throw this.#failure(authProblem(completion), completion);
        return this.#said(completion);
    }
    async openMailbox(signal) {
        // EXAMINE and not SELECT: nothing changes, not even \Recent (RFC 3501 section 6.3.2).
        const examined = await this.#commands.run('EXAMINE INBOX', signal);
        if (examined.status !== 'OK' || examined.exists === undefined) {
            throw this.#failure(DiagnosisProblem.MAILBOX_FAILED, examined);
        }
        const unseen = await this.#commands.run('SEARCH UNSEEN', signal);
        const known = unseen.status === 'OK' ? ` unseen=${unseen.found}` : '';
        return `messages=${examined.exists}${known}`;
    }
    async quit(signal) {
        await this.#commands.run('LOGOUT', signal);
    }
    #acceptPreauth(line) {
        // RFC 3501 section 6.2.1 allows STARTTLS only before signing in: whoever says PREAUTH to a client
        // that wants TLS keeps it in clear text.
        if (this.#startsTls) {
            throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: this.#redact(line) });
        }
        this.#isSignedIn = true;
    }
    async #authenticateBy(credentials, signal) {
        if (this.#has('AUTH=PLAIN')) {
            const response = saslPlain(credentials);
            // SASL-IR (RFC 4959) saves a round trip.
            return this.#has('SASL-IR')
                ? this.#commands.run(`AUTHENTICATE PLAIN ${response}`, signal)
                : this.#commands.run('AUTHENTICATE PLAIN', signal, [Buffer.from(`${response}\r\n`)]);
        }
        if (this.#has('LOGINDISABLED')) {
            throw new TransportError(DiagnosisProblem.AUTH_METHOD_NOT_OFFERED, {
                detail: this.#redact(this.#capabilities.join(' ')),
            });
        }
        const { username, password } = credentials;
        const [name, secret] = [quoteImapString(username), quoteImapString(password)];
        if (name !== undefined && secret !== undefined) {
            return this.#commands.run(`LOGIN ${name} ${secret}`, signal);
        }
        return this.#loginByLiterals(Buffer.from(username), Buffer.from(password), signal);
    }
    /** Each literal waits for the server's "+" (RFC 3501 section 4.3). */
    #loginByLiterals(name, secret, signal) {
        const second = Buffer.concat([name, Buffer.from(` {${secret.length}}\r\n`)]);
        const third = Buffer.concat([secret, Buffer.from('\r\n')]);
        return this.#commands.run(`LOGIN {${name.length}}`, signal, [second, third]);
    }
    #has(capability) {
        return this.#capabilities.some((name) => name.toUpperCase() === capability);
    }
    #said({ status, code, text }) {
        const shown = code === '' || capabilitiesOfCode(code) !== undefined ? '' : ` [${code}]`;
        return this.#redact(`${status}${shown} ${text}`);
    }
    #failure(problem, completion) {
        return new TransportError(problem, { detail: this.#said(completion) });
    }
}
function authProblem({ status, code }) {
    if (status === 'BAD')
        return DiagnosisProblem.PROTOCOL_ERROR;
    const word = code.split(' ')[0]?.toUpperCase() ?? '';
    if (word === 'PRIVACYREQUIRED')
        return DiagnosisProblem.AUTH_METHOD_NOT_OFFERED;
    return TEMPORARY.includes(word) ? DiagnosisProblem.AUTH_TEMPORARY : DiagnosisProblem.AUTH_REJECTED;
}
//# sourceMappingURL=imap-session.js.map