import { FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { MailServer } from '../mail-server/mail-server.entity.js'
import type { AccountReader } from './account-reader.js'

/** What a mail server shows of accounts: added from this side, since a server knows nothing of them. */
@Resolver(() => MailServer)
export class MailServerAccountsResolver {
  readonly #asked = new Set<string>()
  #counts: Promise<ReadonlyMap<string, number>> | undefined

  constructor(private readonly reader: AccountReader) {}

  @FieldResolver(() => Int, {
    description:
      'User accounts that have this server chosen. mailServersChanged does not wake for it.',
  })
  async accountCount(@Root() { id }: MailServer): Promise<number> {
    this.#asked.add(id)
    return (await (this.#counts ??= this.#countAsked())).get(id) ?? 0
  }

  /** Once everybody who asks in this turn has asked: one question to the database for a whole list. */
  async #countAsked(): Promise<ReadonlyMap<string, number>> {
    await new Promise((resolve) => setImmediate(resolve))
    const ids = [...this.#asked]
    this.#asked.clear()
    this.#counts = undefined
    return this.reader.countByServer(ids)
  }
}
