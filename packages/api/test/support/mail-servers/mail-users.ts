/** Someone with a mailbox on the test servers. Dovecot's passwd-file cannot hold a colon. */
export interface MailUser {
  readonly name: string
  readonly password: string
}

/** Dovecot and Postfix know these; alice has messages, the others have passwords that break naive clients. */
export const mailUsers = {
  alice: { name: 'alice', password: 'open-sesame-4711' },
  quote: { name: 'quote', password: 'say "please" now' },
  backslash: { name: 'backslash', password: 'C;\\mail\\' },
  space: { name: 'space', password: 'pass word with spaces' },
  kanji: { name: 'kanji', password: 'パスワード日本語' },
  mixed: { name: 'mixed', password: 'a"b\\c d{3}%日本語' },
} as const satisfies Record<string, MailUser>
