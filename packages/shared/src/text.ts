/** What may be typed: one place for the screen's hints and the server's verdict. */

// C0, DEL, C1, line and paragraph separators, and the bidi controls that disguise text (CVE-2021-42574).
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Whether a line of text can be stored and shown as it is: no control or bidi-override characters, no half characters. */
export function isPlainText(text: string): boolean {
  return !UNSAFE.test(text) && !LONE_SURROGATE.test(text)
}

/** Whether nothing of a text can be seen: only white space and characters that draw nothing (U+200B, U+3164 …). */
export function isBlank(text: string): boolean {
  return text.replace(/[\s\p{Default_Ignorable_Code_Point}\u2800]/gu, '') === ''
}

/** Length as a person counts and PostgreSQL's varchar does: in code points. */
export function textLength(text: string): number {
  return [...text].length
}

/** Turns full-width letters, digits and signs into half-width ones (２５ to 25) and trims. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u3002\uff61]/g, '.')
    .replace(/\u3000/g, ' ')
    .trim()
}
