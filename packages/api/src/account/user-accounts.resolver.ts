import { FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { User } from '../auth/user.entity.js'
import type { AccountReader } from './account-reader.js'
import { AskedTogether } from '../graphql/asked-together.js'

/** What a person shows of accounts: added from this side, since auth/ knows nothing of them. */
@Resolver(() => User)
export class UserAccountsResolver {
  readonly #counts: AskedTogether<number>

  constructor(reader: AccountReader) {
    this.#counts = new AskedTogether((ids) => reader.countByUser(ids))
  }

  @FieldResolver(() => Int, {
    description: "The person's mail accounts; deleting the person deletes them.",
  })
  async mailAccountCount(@Root() { id }: User): Promise<number> {
    return (await this.#counts.of(id)) ?? 0
  }
}
