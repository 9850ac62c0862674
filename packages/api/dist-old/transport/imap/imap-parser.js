const STATUSES = ['OK', 'NO', 'BAD', 'BYE', 'PREAUTH'];
function isStatus(word) {
    return STATUSES.includes(word);
}
/** How many bytes of literal follow a line, or undefined for a line that ends its response. */
export function literalLength(line) {
    const digits = /\{(\d{1,19})\+?\}$/.exec(line)?.[1];
    return digits === undefined ? undefined : Number(digits);
}
/** Reads a response line; undefined for what is no IMAP at all. */
export function parseImapResponse(line) {
    if (line === '+' || line.startsWith('+ '))
        return { kind: 'continuation', text: line.slice(2) };
    const match = /^(\*|[A-Za-z0-9.]+) ([A-Za-z0-9]+)(?: (.*))?$/s.exec(line);
    if (match === null)
        return undefined;
    const [, tag = '', word = '', rest = ''] = match;
    const status = word.toUpperCase();
    if (isStatus(status))
        return statusResponse(tag, status, rest);
    return tag === '*' ? untagged(status, rest) : undefined;
}
function statusResponse(tag, status, rest) {
    const match = /^\[([^\]]*)\] ?(.*)$/s.exec(rest);
    return { kind: 'status', tag, status, code: match?.[1] ?? '', text: match?.[2] ?? rest };
}
function untagged(word, rest) {
    if (word === 'CAPABILITY')
        return { kind: 'capability', capabilities: words(rest) };
    if (/^\d{1,10}$/.test(word) && rest.toUpperCase() === 'EXISTS') {
        return { kind: 'exists', count: Number(word) };
    }
    if (word === 'SEARCH')
        return { kind: 'search', count: words(rest).length };
    return { kind: 'other' };
}
/** The capabilities that a status response carries in its code (RFC 3501 section 7.1), if any. */
export function capabilitiesOfCode(code) {
    const match = /^CAPABILITY (.*)$/is.exec(code);
    return match === null ? undefined : words(match[1] ?? '');
}
function words(text) {
    return text.split(' ').filter((word) => word !== '');
}
/** A string argument: quoted where it may be (RFC 3501 section 4.3), else undefined: it needs a literal. */
export function quoteImapString(text) {
    return /^[\x20-\x7e]*$/.test(text) ? `"${text.replace(/[\\"]/g, '\\$&')}"` : undefined;
}
//# sourceMappingURL=imap-parser.js.map