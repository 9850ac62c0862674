/** Reads a status line; undefined for anything else. */
export function parsePop3Status(line) {
    const match = /^(\+OK|-ERR)(?:[ \t]+(.*))?$/is.exec(line);
    if (match === null)
        return undefined;
    const text = match[2] ?? '';
    const code = /^\[([A-Z0-9/-]+)\]/i.exec(text)?.[1] ?? '';
    return { ok: match[1]?.startsWith('+') ?? false, code: code.toUpperCase(), text };
}
/** A line of a multi-line response: undefined where it ends, else without the dot put before a dot. */
export function unstuffPop3Line(line) {
    if (line === '.')
        return undefined;
    return line.startsWith('.') ? line.slice(1) : line;
}
/** Capabilities by upper-case name, with their parameters (RFC 2449 section 5). */
export function parseCapa(lines) {
    return new Map(lines.map((line) => {
        const [name = '', ...parameters] = line.trim().split(/\s+/);
        return [name.toUpperCase(), parameters];
    }));
}
/**
 * The time stamp of a greeting that offers APOP (RFC 1939 section 7), angle brackets included.
 * Printable ASCII with exactly one @ only: with stamps of his own making a false server learns the
 * password's first characters (CVE-2007-1558).
 */
export function parseApopStamp(greeting) {
    const stamp = /<[^<>]*>/.exec(greeting)?.[0];
    return stamp !== undefined && /^<[!-;=?A-~]+@[!-;=?A-~]+>$/.test(stamp) ? stamp : undefined;
}
/** Number and bytes of messages out of the answer to STAT (RFC 1939 section 5). */
export function parseStat(text) {
    const match = /^(\d{1,15})\s+(\d{1,15})(\s|$)/.exec(text);
    return match === null ? undefined : { count: Number(match[1]), bytes: Number(match[2]) };
}
//# sourceMappingURL=pop3-parser.js.map