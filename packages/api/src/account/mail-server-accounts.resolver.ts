import { FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { MailServer } from '../mail-server/mail-server.entity.js'
import type { AccountReader } from './account-reader.js'
import { CountsTogether } from './counts-together.js'

/** What a mail server shows of accounts: added from this side, since a server knows nothing of them. */
@Resolver(() => MailServer)
export class MailServerAccountsResolver {
  readonly #counts: CountsTogether

  constructor(reader: AccountReader) {
    this.#counts = new CountsTogether((ids) => reader.countByServer(ids))
  }

  @FieldResolver(() => Int, {
    description:
      'User accounts that have this server chosen. mailServersChanged does not wake for it.',
  })
  accountCount(@Root() { id }: MailServer): Promise<number> {
    return this.#counts.of(id)
  }
}
