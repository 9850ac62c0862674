import { needsOutgoingCredentials } from '../mail-server/mail-server-option.type.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import { asPlaintext, type SecretBox } from '../secret/secret-box.js'
import { PASSWORD_FIELDS, passwordPlace, type PasswordField } from './account.entity.js'
import type { MailAccountInput } from './account.input.js'

/** What becomes of stored passwords; one that is not named stays as it is. */
export type SealedPasswords = Partial<Record<PasswordField, Buffer | null>>

/**
 * The columns of passwords that were given, and of those that go since the server asks for none.
 *
 * @param id the account's, to which they are bound
 */
export function sealPasswords(
  secrets: SecretBox,
  input: Pick<MailAccountInput, PasswordField>,
  server: MailServer,
  id: string,
): SealedPasswords {
  const given = {
    ...input,
    ...(needsOutgoingCredentials(server) ? {} : { outgoingPassword: null }),
  }
  return Object.fromEntries(
    PASSWORD_FIELDS.flatMap((field): [PasswordField, Buffer | null][] => {
      const text = given[field]
      if (text === undefined) return []
      return [[field, text ? secrets.seal(asPlaintext(text), passwordPlace(id, field)) : null]]
    }),
  )
}
