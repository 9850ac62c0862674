import { DiagnosisProblem, SmtpAuthMethod } from '@mailroom/shared';
import { notThisProtocol, protocolError } from '../peer-errors.js';
import { isSendable, saslCramMd5, saslLogin, saslPlain } from '../sasl.js';
import { TransportError } from '../transport-error.js';
import { joinSmtpReply, parseEhlo, parseSmtpReplyLine, } from './smtp-reply-parser.js';
/** More than any server says; a reply is bounded so that an endless one ends (RFC 5321 sets no limit). */
const REPLY_MAX_BYTES = 1024 * 1024;
/** RFC 4954 section 4: a longer initial response goes after the server's 334; 512 is every server's line. */
const INITIAL_RESPONSE_MAX = 480;
/** SMTP (RFC 5321) as far as signing in (RFC 4954). */
export class SmtpSession {
    #connection;
    #redact;
    #authMethod;
    #extensions = new Map();
    constructor({ connection, redact, authMethod }) {
        this.#connection = connection;
        this.#redact = redact;
        this.#authMethod = authMethod;
    }
    get authMethods() {
        return this.#extensions.get('AUTH') ?? [];
    }
    get offersStartTls() {
        return this.#extensions.size === 0 ? undefined : this.#extensions.has('STARTTLS');
    }
    async greeting(signal) {
        const line = (await this.#connection.readLine(signal)).toString('utf8');
        const first = parseSmtpReplyLine(line);
        if (first === undefined)
            throw notThisProtocol(line, this.#redact);
        const reply = await this.#readReply(signal, first);
        if (reply.code === 220)
            return this.#said(reply);
        // 554: no mail here (RFC 5321 section 3.1); 421: not now. FTP and NNTP greet with 220 and 200 too.
        const problem = reply.code >= 400 ? DiagnosisProblem.GREETING_REFUSED : DiagnosisProblem.NOT_THIS_PROTOCOL;
        throw this.#failure(problem, reply);
    }
    async capabilities(signal) {
        const name = this.#connection.addressLiteral;
        const reply = await this.#command(`EHLO ${name}`, signal);
        if (reply.code === 250) {
            this.#extensions = parseEhlo(reply);
            return this.#said(reply);
        }
        // A server from before RFC 1869; it has no extensions and so neither TLS nor AUTH.
        this.#extensions = new Map();
        const old = reply.code >= 500 ? await this.#command(`HELO ${name}`, signal) : reply;
        if (old.code !== 250)
            throw this.#failure(DiagnosisProblem.PROTOCOL_ERROR, old);
        return this.#said(old);
    }
    async startTls(signal) {
        if (!this.#extensions.has('STARTTLS')) {
            throw new TransportError(DiagnosisProblem.TLS_NOT_OFFERED);
        }
        const reply = await this.#command('STARTTLS', signal);
        if (reply.code !== 220)
            throw this.#failure(DiagnosisProblem.TLS_FAILED, reply);
        // RFC 3207 section 4.2: what was learned before TLS is forgotten.
        this.#extensions = new Map();
    }
    async authenticate(credentials, signal) {
        this.#requireOffered();
        if (!isSendable(credentials.username) || !isSendable(credentials.password)) {
            throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
                detail: 'The name or the password has a line end or NUL in it.',
            });
        }
        const reply = await this.#authenticateBy(credentials, signal);
        if (reply.code === 235)
            return this.#said(reply);
        throw this.#failure(authProblem(reply.code), reply);
    }
    async quit(signal) {
        await this.#command('QUIT', signal);
    }
    #requireOffered() {
        const method = this.#authMethod;
        const offered = this.authMethods.map((name) => name.toUpperCase());
        if (!offered.includes(method.replace('_', '-'))) {
            throw new TransportError(DiagnosisProblem.AUTH_METHOD_NOT_OFFERED, {
                detail: this.#redact(offered.join(' ')),
            });
        }
    }
    async #authenticateBy(credentials, signal) {
        if (this.#authMethod === SmtpAuthMethod.PLAIN) {
            const response = saslPlain(credentials);
            if (response.length <= INITIAL_RESPONSE_MAX) {
                return this.#command(`AUTH PLAIN ${response}`, signal);
            }
            return this.#answerPrompts('AUTH PLAIN', [() => response], signal);
        }
        if (this.#authMethod === SmtpAuthMethod.LOGIN) {
            // The prompts' words vary by server: any 334 is one.
            const { username, password } = credentials;
            const answers = [() => saslLogin(username), () => saslLogin(password)];
            return this.#answerPrompts('AUTH LOGIN', answers, signal);
        }
        const answer = (challenge) => saslCramMd5(challenge, credentials);
        return this.#answerPrompts('AUTH CRAM-MD5', [answer], signal);
    }
    /** Gives one answer to each 334; "*" ends the exchange where there is none (RFC 4954 section 4). */
    async #answerPrompts(command, answers, signal) {
        let reply = await this.#command(command, signal);
        for (const answer of answers) {
            if (reply.code !== 334)
                return reply;
            const line = answer(reply.lines[0] ?? '');
            if (line === undefined) {
                await this.#command('*', signal);
                throw this.#failure(DiagnosisProblem.PROTOCOL_ERROR, reply);
            }
            reply = await this.#command(line, signal);
        }
        return reply;
    }
    async #command(line, signal) {
        this.#connection.writeLine(line);
        return this.#readReply(signal);
    }
    async #readReply(signal, first) {
        const lines = first === undefined ? [] : [first];
        let bytes = 0;
        while (lines.at(-1)?.last !== true) {
            const line = (await this.#connection.readLine(signal)).toString('utf8');
            const parsed = parseSmtpReplyLine(line);
            bytes += line.length + 2;
            if (parsed === undefined || bytes > REPLY_MAX_BYTES)
                throw protocolError(line, this.#redact);
            lines.push(parsed);
        }
        const reply = joinSmtpReply(lines);
        if (reply === undefined)
            throw protocolError('reply codes differ', this.#redact);
        return reply;
    }
    #said(reply) {
        return this.#redact(`${reply.code} ${reply.lines.join(' / ')}`);
    }
    #failure(problem, reply) {
        return new TransportError(problem, { detail: this.#said(reply) });
    }
}
/** RFC 4954 section 6. */
function authProblem(code) {
    if (code < 400)
        return DiagnosisProblem.PROTOCOL_ERROR;
    if (code < 500)
        return DiagnosisProblem.AUTH_TEMPORARY;
    // 504: unknown mechanism; 530 and 538: not without TLS; 534: mechanism too weak for this user.
    const refusesMethod = [504, 530, 534, 538].includes(code);
    return refusesMethod ? DiagnosisProblem.AUTH_METHOD_NOT_OFFERED : DiagnosisProblem.AUTH_REJECTED;
}
//# sourceMappingURL=smtp-session.js.map