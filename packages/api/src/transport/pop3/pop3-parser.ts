import { parseSize } from './pop3-listing.js'

/** A status line (RFC 1939 section 3; response codes by RFC 2449 section 8 and RFC 3206). */
export interface Pop3Status {
  readonly ok: boolean
  /** Upper-case response code without its brackets, such as "IN-USE" or "SYS/TEMP"; '' without one. */
  readonly code: string
  readonly text: string
}

/** Reads a status line; undefined for anything else. */
export function parsePop3Status(line: string): Pop3Status | undefined {
  const match = /^(\+OK|-ERR)(?:[ \t]+(.*))?$/is.exec(line)
  if (match === null) return undefined
  const text = match[2] ?? ''
  const code = /^\[([A-Z0-9/-]+)\]/i.exec(text)?.[1] ?? ''
  return { ok: match[1]?.startsWith('+') ?? false, code: code.toUpperCase(), text }
}

/** What follows "+" on a line that asks for more while signing in (RFC 5034 section 4); undefined for another line. */
export function parsePop3Challenge(line: string): string | undefined {
  if (line === '+') return ''
  return line.startsWith('+ ') ? line.slice(2) : undefined
}

/** Capabilities by upper-case name, with their parameters (RFC 2449 section 5). */
export function parseCapa(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    lines.map((line) => {
      const [name = '', ...parameters] = line.trim().split(/\s+/)
      return [name.toUpperCase(), parameters]
    }),
  )
}

/**
 * The time stamp of a greeting that offers APOP (RFC 1939 section 7), angle brackets included.
 * Printable ASCII with exactly one @ only: with stamps of his own making a false server learns the
 * password's first characters (CVE-2007-1558).
 */
export function parseApopStamp(greeting: string): string | undefined {
  const stamp = /<[^<>]*>/.exec(greeting)?.[0]
  return stamp !== undefined && /^<[!-;=?A-~]+@[!-;=?A-~]+>$/.test(stamp) ? stamp : undefined
}

/** What STAT says of a maildrop (RFC 1939 section 5). */
export interface Pop3Stat {
  readonly count: number
  /** A hint; undefined where the server says no sensible one. */
  readonly bytes: number | undefined
}

/** Number and bytes of messages out of the answer to STAT. */
export function parseStat(text: string): Pop3Stat | undefined {
  const match = /^(\d{1,15})(?:\s+(.*))?$/s.exec(text)
  return match === null ? undefined : { count: Number(match[1]), bytes: parseSize(match[2] ?? '') }
}
