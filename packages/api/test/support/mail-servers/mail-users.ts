/** Someone with a mailbox on the test servers. */
export interface MailUser {
  readonly name: string
  readonly password: string
}

/** Every server knows these; alice has messages, the others have passwords that break naive clients. */
export const mailUsers = {
  alice: { name: 'alice', password: 'open-sesame-4711' },
  quote: { name: 'quote', password: 'say "please" now' },
  backslash: { name: 'backslash', password: 'C;\\mail\\' },
  colon: { name: 'colon', password: 'host:port::{PLAIN}' },
  space: { name: 'space', password: 'pass word with spaces' },
  kanji: { name: 'kanji', password: 'パスワード日本語' },
  umlaut: { name: 'umlaut', password: 'pässwörd' },
  mixed: { name: 'mixed', password: 'a"b\\c d{3}%日本語' },
  long: { name: 'long', password: '0123456789abcdef'.repeat(8) },
} as const satisfies Record<string, MailUser>

/** Mailboxes that tests of receiving fill: one for each, so that none meets another's mail. */
export const mailBoxes: readonly MailUser[] = Array.from({ length: 24 }, (_, n) => ({
  name: `box${n + 1}`,
  password: `box-${n + 1}-sesame`,
}))

/** Dovecot's passwd-file (base64, since a colon would end the field). */
export function passwdFile(): string {
  return [...Object.values(mailUsers), ...mailBoxes]
    .map(({ name, password }) => `${name}:{PLAIN.b64}${Buffer.from(password).toString('base64')}\n`)
    .join('')
}
