const TEXT_MAX = 500;
const MASK = '[redacted]';
/**
 * Servers repeat what they were sent ("535 bad password hunter2", "BAD unknown command AGFsaWNl…").
 * Every form in which these credentials travel is masked before the text is cut, so that no
 * beginning of one is left, then control characters are escaped.
 */
export function createRedact(credentials) {
    const secrets = [...new Set(credentials.flatMap(forms))]
        .filter((secret) => secret !== '')
        .sort((a, b) => b.length - a.length);
    return (text) => {
        const masked = secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
        return escapeControls(masked).slice(0, TEXT_MAX);
    };
}
function forms({ username, password }) {
    const base64 = (text) => Buffer.from(text, 'utf8').toString('base64');
    return [
        password,
        encodeURIComponent(password),
        // IMAP's quoted string (RFC 3501 section 4.3).
        password.replace(/[\\"]/g, '\\$&'),
        // Servers that take UTF-8 for ISO 8859-1 repeat it so.
        Buffer.from(password, 'utf8').toString('latin1'),
        ...[password, `\0${username}\0${password}`, username].flatMap((text) => {
            const encoded = base64(text);
            return [encoded, encoded.replace(/=+$/, '')];
        }),
    ];
}
/** Control, bidi and line-separating characters as \xNN or \uNNNN: they would forge what the screen says. */
function escapeControls(text) {
    // eslint-disable-next-line no-control-regex -- control characters are what it escapes
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
        const code = character.charCodeAt(0);
        return code < 256
            ? `\\x${code.toString(16).padStart(2, '0')}`
            : `\\u${code.toString(16).padStart(4, '0')}`;
    });
}
//# sourceMappingURL=redact.js.map