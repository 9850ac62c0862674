import { FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { User } from '../auth/user.entity.js'
import type { AccountReader } from './account-reader.js'
import { CountsTogether } from './counts-together.js'

/** What a person shows of accounts: added from this side, since auth/ knows nothing of them. */
@Resolver(() => User)
export class UserAccountsResolver {
  readonly #counts: CountsTogether

  constructor(reader: AccountReader) {
    this.#counts = new CountsTogether((ids) => reader.countByUser(ids))
  }

  @FieldResolver(() => Int, {
    description: "The person's mail accounts; deleting the person deletes them.",
  })
  mailAccountCount(@Root() { id }: User): Promise<number> {
    return this.#counts.of(id)
  }
}
