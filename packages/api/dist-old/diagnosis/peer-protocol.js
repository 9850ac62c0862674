const FIRST_WORDS = [
    // RFC 9051 section 7.1.
    [/^\* (OK|PREAUTH|BYE)\b/i, 'IMAP4'],
    // RFC 1939 section 4.
    [/^(\+OK|-ERR)\b/i, 'POP3'],
    // RFC 4253 section 4.2.
    [/^SSH-\d/, 'SSH'],
    [/^HTTP\/\d/, 'HTTP'],
    // RFC 959 greets as SMTP does; only its words tell.
    [/^220[ -].*\bFTP\b/i, 'FTP'],
    [/^[245]\d\d[ -]/, 'SMTP'],
];
/** The protocol of a greeting, undefined where it is none that we know. */
export function peerProtocol(greeting) {
    return FIRST_WORDS.find(([pattern]) => pattern.test(greeting))?.[1];
}
//# sourceMappingURL=peer-protocol.js.map