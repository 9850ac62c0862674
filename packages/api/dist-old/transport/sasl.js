import { createHmac } from 'node:crypto';
const base64 = (text) => Buffer.from(text, 'utf8').toString('base64');
/** A challenge is a time stamp; RFC 4422 sets no limit, so we do. */
const CHALLENGE_MAX = 4_096;
/** SASL PLAIN's one message in base64 (RFC 4616 section 2), without an authorization identity. */
export function saslPlain({ username, password }) {
    return base64(`\0${username}\0${password}`);
}
/** One of SASL LOGIN's two messages in base64 (draft-murchison-sasl-login). */
export function saslLogin(text) {
    return base64(text);
}
/**
 * CRAM-MD5's response to a challenge in base64 (RFC 2195 section 2). Undefined for a challenge that
 * is no message id of printable ASCII: a chosen text would help a false server to guess the password.
 */
export function saslCramMd5(challenge, { username, password }) {
    if (challenge.length > CHALLENGE_MAX || !/^[A-Za-z0-9+/]+=*$/.test(challenge))
        return undefined;
    const stamp = Buffer.from(challenge, 'base64').toString('latin1');
    if (!/^<[!-;=?-~]+>$/.test(stamp))
        return undefined;
    return base64(`${username} ${createHmac('md5', password).update(stamp).digest('hex')}`);
}
/** Whether a name or password can be sent at all: NUL separates PLAIN's parts, line ends end commands. */
export function isSendable(text) {
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    return !/[\u0000\r\n]/.test(text);
}
//# sourceMappingURL=sasl.js.map