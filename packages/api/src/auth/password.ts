import { hash, verify } from '@node-rs/argon2'
import { limitConcurrency } from '../limit-concurrency.js'

// argon2id is the library's default algorithm; the cost is OWASP's second choice (m=19 MiB, t=2, p=1).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The pool has many threads (thread-pool.ts), and each of these takes a processor and its memory. */
const limited = limitConcurrency(4)

/** One spelling however the password was typed (RFC 8265 section 4.2: NFC), so that it works on every keyboard. */
const prepared = (password: string) => password.normalize('NFC')

/** The argon2id hash of a password, in PHC string format. */
export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(prepared(password), COST))
}

/** A hash of nothing anybody has, made once, so that an unknown name costs as much as a wrong password. */
let unknownUserHash: Promise<string> | undefined

/** Whether the password is the hash's; with no hash it takes as long and answers false. */
export async function verifyPassword(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  unknownUserHash ??= hashPassword(crypto.randomUUID())
  const known = passwordHash ?? (await unknownUserHash)
  const matches = await limited(() => verify(known, prepared(password)))
  return passwordHash != null && matches
}
