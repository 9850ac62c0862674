import { UserRole } from '@mailroom/shared'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { scopeOf } from '../account/account-scope.js'
import { MailAccount } from '../account/account.entity.js'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import { AskedTogether } from '../graphql/asked-together.js'
import type { RequestContext } from '../graphql/request-context.js'
import type { AccountReceivingService } from './account-receiving.service.js'
import { AccountReceivingState, UnreceivedMail } from './account-receiving.type.js'

/** What an account shows of receiving: added from this side, since an account knows nothing of it. */
@Resolver(() => MailAccount)
export class AccountReceivingResolver {
  readonly #states: AskedTogether<AccountReceivingState>

  constructor(private readonly service: AccountReceivingService) {
    this.#states = new AskedTogether((ids) => service.statesOf(ids))
  }

  @FieldResolver(() => AccountReceivingState, {
    nullable: true,
    description: 'How receiving stands; null where the account has gone meanwhile.',
  })
  async receiving(@Root() { id }: MailAccount): Promise<AccountReceivingState | null> {
    return (await this.#states.of(id)) ?? null
  }

  @Access(UserRole.USER)
  @Query(() => [UnreceivedMail], {
    description: 'The messages that stay on the account’s server, and why; at most 200.',
  })
  unreceivedMessages(
    @Arg('accountId', () => ID) accountId: string,
    @Ctx() context: RequestContext,
  ): Promise<UnreceivedMail[]> {
    return this.service.unreceived(scopeOf(callerIn(context)), accountId)
  }
}
