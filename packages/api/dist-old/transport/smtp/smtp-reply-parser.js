/** Reads a reply line; undefined for anything else. */
export function parseSmtpReplyLine(line) {
    const match = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line);
    if (match === null)
        return undefined;
    return { code: Number(match[1]), last: match[2] !== '-', text: match[3] ?? '' };
}
/** Puts lines together; undefined where their codes differ (RFC 5321 section 4.2.1 wants one). */
export function joinSmtpReply(lines) {
    const [first] = lines;
    if (first === undefined || lines.some(({ code }) => code !== first.code))
        return undefined;
    return { code: first.code, lines: lines.map(({ text }) => text) };
}
/** Reads the reply to EHLO; its first line is the server's name. */
export function parseEhlo(reply) {
    const extensions = new Map();
    for (const line of reply.lines.slice(1)) {
        // "AUTH=LOGIN PLAIN" is how servers wrote it before RFC 2554; some still send both.
        const [keyword = '', ...parameters] = line
            .replace(/^AUTH=/i, 'AUTH ')
            .trim()
            .split(/\s+/);
        const key = keyword.toUpperCase();
        const known = extensions.get(key) ?? [];
        if (key !== '')
            extensions.set(key, [...new Set([...known, ...parameters])]);
    }
    return extensions;
}
//# sourceMappingURL=smtp-reply-parser.js.map