const MASK = '[redacted]'
/** A stretch this long of a secret is no coincidence. */
const TELLING_LENGTH = 12

/**
 * Masks every stretch of a secret that a text repeats, also where the repetition is cut: a response to
 * a challenge is longer than the line in which a server repeats it.
 */
export function conceal(text: string, secrets: readonly string[]): string {
  let shown = ''
  let maskedUpTo = 0
  let at = 0
  while (at + TELLING_LENGTH <= text.length) {
    const length = stretchAt(text, at, secrets)
    if (length > 0) {
      shown += text.slice(maskedUpTo, at) + MASK
      at += length
      maskedUpTo = at
    } else {
      at += 1
    }
  }
  return shown + text.slice(maskedUpTo)
}

/** How many characters from here are a stretch of a secret; 0 where they are too few to tell. */
function stretchAt(text: string, at: number, secrets: readonly string[]): number {
  const beginning = text.slice(at, at + TELLING_LENGTH)
  const known = secrets.filter((secret) => secret.includes(beginning))
  if (known.length === 0) return 0
  let length = TELLING_LENGTH
  while (
    at + length < text.length &&
    known.some((secret) => secret.includes(text.slice(at, at + length + 1)))
  ) {
    length += 1
  }
  return length
}
