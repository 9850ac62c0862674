const NUL = /\0/g
const REPLACEMENT = '\uFFFD'
// Line breaks, tabs and other controls; what is left of U+0000 is U+FFFD by then.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROLS = /[\s\u0001-\u001f\u007f-\u009f\u2028\u2029]+/g
/** Overrides and isolates, which make a text look like another one (CVE-2021-42574). */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * The one way for text of strangers into the database: PostgreSQL refuses U+0000 and half
 * characters, which become U+FFFD here.
 *
 * @param maxLength in UTF-16 units, which is never fewer than the characters of a varchar
 */
export function toDbText(text: string, maxLength = Infinity): string {
  return cutText(text, maxLength).toWellFormed().replace(NUL, REPLACEMENT)
}

/** The same for what is shown in one line: no control characters, no text turned around. */
export function toDbLine(text: string, maxLength = Infinity): string {
  const line = toDbText(text).replace(CONTROLS, ' ').replace(BIDI_CONTROLS, REPLACEMENT).trim()
  return cutText(line, maxLength)
}

/** The beginning of a text; never half a character. */
function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const isBetweenHalves = /[\ud800-\udbff]/.test(text.charAt(maxLength - 1))
  return text.slice(0, isBetweenHalves ? maxLength - 1 : maxLength)
}

/** The beginning of a text that is not longer than so many bytes of UTF-8. */
export function cutBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(maxBytes)).read)
}
