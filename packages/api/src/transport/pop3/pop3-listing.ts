/** RFC 1939 section 7 says 70; servers with longer ones are known, and their mail would come again and again. */
const UID_MAX_LENGTH = 1_000
/** What a signed 32-bit number holds: more messages than any maildrop has. */
const MESSAGE_NUMBER_MAX = 2 ** 31 - 1

interface ListingRow {
  readonly number: number
  readonly value: string
}

/** A row of LIST or UIDL (RFC 1939 sections 5 and 7): a message number and what is said about it. */
export function parseListingRow(row: string): ListingRow | undefined {
  const match = /^[ \t]*(\d{1,10})(?:[ \t]+([^]*))?$/.exec(row)
  const number = Number(match?.[1])
  if (!isMessageNumber(number)) return undefined
  return { number, value: (match?.[2] ?? '').replace(/[ \t]+$/, '') }
}

/** Whether a message can have this number. */
export function isMessageNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= MESSAGE_NUMBER_MAX
}

/** Bytes by message number, as a hint only; undefined where the server says no sensible size. */
export function parseSizes(rows: readonly string[]): Map<number, number | undefined> {
  return byNumber(rows, parseSize)
}

/** A size in bytes; undefined for what is none or is beyond all measure. */
export function parseSize(value: string): number | undefined {
  const digits = /^\d{1,15}(?![^ \t])/.exec(value)?.[0]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * Unique ids by message number. Undefined where there is no usable one: not 1 to 1,000 printable ASCII
 * characters, or two different ones for one message. Two messages may have the same one.
 */
export function parseUniqueIds(rows: readonly string[]): Map<number, string | undefined> {
  return byNumber(rows, parseUniqueId)
}

/** A unique id as it is, or undefined where it cannot be one. */
export function parseUniqueId(value: string): string | undefined {
  return value.length <= UID_MAX_LENGTH && /^[!-~]+$/.test(value) ? value : undefined
}

function byNumber<T>(
  rows: readonly string[],
  parse: (value: string) => T | undefined,
): Map<number, T | undefined> {
  const values = new Map<number, T | undefined>()
  for (const row of rows) {
    const parsed = parseListingRow(row)
    if (parsed === undefined) continue
    const value = parse(parsed.value)
    const isRepeated = values.has(parsed.number)
    // Whichever of two were the right one is not ours to guess.
    const isOther = isRepeated && values.get(parsed.number) !== value
    values.set(parsed.number, isOther ? undefined : value)
  }
  return values
}
