import { saslOauthBearer, saslXoauth2 } from './sasl/sasl-oauth.js'

/** A name and password on their way to a server. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Takes the secrets out of a peer's text, and makes it fit to be shown. */
export type Redact = (text: string) => string

const TEXT_MAX = 500
const MASK = '[redacted]'

/** A secret's first characters count as the secret: servers cut what they repeat. */
const TELLING_START = 8

/**
 * Servers repeat what they were sent ("535 bad password hunter2", "BAD unknown command AGFsaWNl…").
 * Every form in which these credentials travel is masked before the text is cut, so that no
 * beginning of one is left, then control characters are escaped.
 */
export function createRedact(credentials: readonly Credentials[]): Redact {
  const secrets = longestFirst(credentials.flatMap(forms))
  return (text) => escapeControls(mask(text, secrets)).slice(0, TEXT_MAX)
}

/** A {@link Redact} that masks further secrets, those that came up only in the session. */
export function alsoMasking(redact: Redact, secrets: readonly string[]): Redact {
  const sorted = longestFirst(secrets)
  return (text) => redact(mask(text, sorted))
}

/** What must not be seen of one SASL answer in base64: itself, and any digest in it. */
export function formsOfSaslAnswer(answer: string): string[] {
  const digests = Buffer.from(answer, 'base64')
    .toString('latin1')
    .match(/[0-9a-f]{32,}/g)
  const forms = [answer, answer.replace(/=+$/, ''), ...(digests ?? [])]
  return forms.filter((form) => form.length >= TELLING_START)
}

function forms(credentials: Credentials): string[] {
  const { username, password } = credentials
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
  const encoded = [
    ...[password, `\0${username}\0${password}`, username].map(base64),
    saslXoauth2(credentials),
    saslOauthBearer(credentials),
  ]
  return [
    password,
    encodeURIComponent(password.toWellFormed()),
    // IMAP's quoted string (RFC 3501 section 4.3).
    password.replace(/[\\"]/g, '\\$&'),
    // Servers that take UTF-8 for ISO 8859-1 repeat it so.
    Buffer.from(password, 'utf8').toString('latin1'),
    ...encoded.flatMap((text) => [text, text.replace(/=+$/, '')]),
    // A dump of the bytes that came.
    ...[password, ...encoded].map((text) => Buffer.from(text, 'utf8').toString('hex')),
  ]
}

function longestFirst(secrets: readonly string[]): string[] {
  return [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length)
}

function mask(text: string, secrets: readonly string[]): string {
  return secrets.reduce(maskOne, text)
}

/** Masks a secret wherever it stands, whatever its case, whole or cut short at the end. */
function maskOne(text: string, secret: string): string {
  const [haystack, needle] = [lowerAscii(text), lowerAscii(secret)]
  const start = needle.slice(0, TELLING_START)
  let masked = ''
  let done = 0
  for (let at = haystack.indexOf(start); at >= 0; at = haystack.indexOf(start, done)) {
    let length = start.length
    while (length < needle.length && haystack[at + length] === needle[length]) length += 1
    masked += text.slice(done, at) + MASK
    done = at + length
  }
  return masked + text.slice(done)
}

/** Lower case that keeps every character where it is, as toLowerCase() does not. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Control, bidi and line-separating characters as \xNN or \uNNNN: they would forge what the screen says. */
function escapeControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it escapes
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0)
    return code < 256
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
