import { FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { MailServer } from '../mail-server/mail-server.entity.js'
import type { AccountReader, ServerAccounts } from './account-reader.js'

/** What a mail server shows of accounts: added from this side, since a server knows nothing of them. */
@Resolver(() => MailServer)
export class MailServerAccountsResolver {
  readonly #asked = new Set<string>()
  #answers: Promise<ReadonlyMap<string, ServerAccounts>> | undefined

  constructor(private readonly reader: AccountReader) {}

  @FieldResolver(() => Int, {
    description:
      'User accounts that have this server chosen. mailServersChanged does not wake for it.',
  })
  async accountCount(@Root() server: MailServer): Promise<number> {
    return (await this.#accountsAt(server))?.count ?? 0
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether accounts at this server have passwords stored, which a change of its hosts sends to the new ones.',
  })
  async hasStoredPasswords(@Root() server: MailServer): Promise<boolean> {
    return (await this.#accountsAt(server))?.hasPasswords ?? false
  }

  async #accountsAt({ id }: MailServer): Promise<ServerAccounts | undefined> {
    this.#asked.add(id)
    return (await (this.#answers ??= this.#answer())).get(id)
  }

  /** Once everybody who asks in this turn has asked: one question to the database for a whole list. */
  async #answer(): Promise<ReadonlyMap<string, ServerAccounts>> {
    await new Promise((resolve) => setImmediate(resolve))
    const ids = [...this.#asked]
    this.#asked.clear()
    this.#answers = undefined
    return this.reader.countByServer(ids)
  }
}
