import { FieldRule, PAGE_MAX, PAGE_USUAL, SEARCH_MAX_LENGTH, UserRole } from '@mailroom/shared'
import type { GraphQLResolveInfo } from 'graphql'
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  ID,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
} from 'type-graphql'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { selectedPaths } from '../graphql/selected-paths.js'
import { Between, OptionalText, Reference } from '../validation/rules.js'
import type { AccountMoveService } from './account-move.service.js'
import { MailAccountConnection } from './account-page.type.js'
import type { AccountReader } from './account-reader.js'
import { scopeOf, type AccountScope } from './account-scope.js'
import { MailAccount } from './account.entity.js'
import { MailAccountInput } from './account.input.js'
import type { AccountService } from './account.service.js'

@ArgsType()
class MailAccountsPageArgs {
  @Field(() => Int, { description: '1 to 500.', defaultValue: PAGE_USUAL })
  @Between(1, PAGE_MAX)
  first!: number

  @Field(() => String, { nullable: true, description: 'Where the page before ended (endCursor).' })
  after?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      "Words, all of which are found in the account's code, name or address, in its owner's names or in its server's code or name. Width and case do not matter.",
  })
  @OptionalText(SEARCH_MAX_LENGTH)
  search?: string | null

  @Field(() => ID, { nullable: true, description: 'Those that have this server chosen.' })
  @Reference(FieldRule.mailServer)
  mailServerId?: string | null

  @Field(() => ID, { nullable: true, description: "This person's." })
  @Reference(FieldRule.user)
  userId?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only those with a problem; false: only those without; left out: both.',
  })
  needsAttention?: boolean | null
}

@Resolver(() => MailAccount)
export class AccountResolver {
  constructor(
    private readonly accounts: AccountService,
    private readonly moves: AccountMoveService,
    private readonly reader: AccountReader,
  ) {}

  @Access(UserRole.USER)
  @Query(() => [MailAccount], {
    name: 'mailAccounts',
    description:
      "Every account for an administrator, one's own for a user: those with a problem first, then by code. Where there may be many, mailAccountsPage reads them page by page.",
  })
  list(@Ctx() context: RequestContext): Promise<MailAccount[]> {
    return this.reader.list(scopeIn(context))
  }

  @Access(UserRole.USER)
  @Query(() => MailAccountConnection, {
    name: 'mailAccountsPage',
    description: 'mailAccounts page by page, in the same order, searched and filtered.',
  })
  async page(
    @Args(() => MailAccountsPageArgs) args: MailAccountsPageArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MailAccountConnection> {
    const scope = scopeIn(context)
    const isCounted = selectedPaths(info).has('totalCount')
    const [page, totalCount] = await Promise.all([
      this.reader.page(scope, args),
      isCounted ? this.reader.count(scope, args) : 0,
    ])
    return { ...page, totalCount }
  }

  @Access(UserRole.USER)
  @Query(() => MailAccount, {
    name: 'mailAccount',
    nullable: true,
    description: 'One account; null where there is none, or it is somebody else’s.',
  })
  find(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext) {
    return this.reader.find(scopeIn(context), id)
  }

  @Access(UserRole.USER)
  @Mutation(() => MailAccount, {
    name: 'createMailAccount',
    description: 'Adds an account at a server that is not deleted.',
  })
  create(
    @Arg('input', () => MailAccountInput) input: MailAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<MailAccount> {
    return this.accounts.create(context.actor, scopeIn(context), input)
  }

  @Access(UserRole.USER)
  @Mutation(() => MailAccount, {
    name: 'updateMailAccount',
    description:
      'Replaces all but the passwords that are left out; a CONFLICT where `version` is not the current one.',
  })
  update(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => MailAccountInput) input: MailAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<MailAccount> {
    return this.accounts.update(context.actor, scopeIn(context), id, version, input)
  }

  @Access(UserRole.USER)
  @Mutation(() => Boolean, {
    name: 'deleteMailAccount',
    description: 'Deletes an account with its passwords. The mailbox at the server stays.',
  })
  delete(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<boolean> {
    return this.accounts.delete(context.actor, scopeIn(context), id)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => Int, {
    name: 'moveMailAccounts',
    description:
      'Chooses another server, one not deleted, for all accounts of a server or for those named, and answers how many; a CONFLICT that changes nothing where one named is not at the first server. Everything stored stays: passwords go to the new server. Administrators.',
  })
  move(
    @Arg('fromServerId', () => ID, { description: 'May be deleted.' }) fromServerId: string,
    @Arg('toServerId', () => ID) toServerId: string,
    @Arg('accountIds', () => [ID], { nullable: true, description: 'Left out: all.' })
    accountIds: string[] | null | undefined,
    @Ctx() { actor }: RequestContext,
  ): Promise<number> {
    return this.moves.move(actor, { fromServerId, toServerId, accountIds })
  }
}

const scopeIn = (context: RequestContext): AccountScope => scopeOf(callerIn(context))
