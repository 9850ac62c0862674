/** What is no line break and no letter either: it would act on the terminal of who reads a dump. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g
/** They turn the direction of what stands around them, so that a name reads as another one. */
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
/** Where U+2400 begins: each control character's own picture. */
const PICTURES = 0x2400
const DELETE = 0x7f

/**
 * Text of anybody's as a record may hold it: whatever it was, it neither fails the statement (NUL, half
 * a surrogate pair, length) nor does anything where it is read.
 *
 * @param hasLines line breaks and tabs are part of it, as in a certificate
 */
export function keptText(text: string, maxLength: number, { hasLines = false } = {}): string {
  const isLonger = text.length > maxLength
  const cut = isLonger ? `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
  const lines = hasLines ? cut.replace(/\r\n?/g, '\n') : cut.replace(/[\t\n]/g, picture)
  return lines.toWellFormed().replace(CONTROLS, picture).replace(DIRECTIONS, '\ufffd')
}

function picture(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(PICTURES + code)
  return code === DELETE ? '\u2421' : '\ufffd'
}
