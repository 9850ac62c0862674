import { FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { MailServer } from '../mail-server/mail-server.entity.js'
import type { AccountReader, ServerAccounts } from './account-reader.js'
import { AskedTogether } from '../graphql/asked-together.js'

/** What a mail server shows of accounts: added from this side, since a server knows nothing of them. */
@Resolver(() => MailServer)
export class MailServerAccountsResolver {
  readonly #accounts: AskedTogether<ServerAccounts>

  constructor(reader: AccountReader) {
    this.#accounts = new AskedTogether((ids) => reader.countByServer(ids))
  }

  @FieldResolver(() => Int, {
    description:
      'User accounts that have this server chosen. mailServersChanged does not wake for it.',
  })
  async accountCount(@Root() { id }: MailServer): Promise<number> {
    return (await this.#accounts.of(id))?.count ?? 0
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether accounts at this server have passwords stored, which a change of its hosts sends to the new ones.',
  })
  async hasStoredPasswords(@Root() { id }: MailServer): Promise<boolean> {
    return (await this.#accounts.of(id))?.hasPasswords ?? false
  }
}
