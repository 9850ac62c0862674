import {
  CORRESPONDENTS_MAX,
  CORRESPONDENTS_USUAL,
  FieldRule,
  MESSAGES_AT_ONCE_MAX,
  MESSAGES_PAGE_MAX,
  MessageFolder,
  PAGE_USUAL,
  SEARCH_MAX_LENGTH,
  UserRole,
} from '@mailroom/shared'
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
  Root,
  Subscription,
} from 'type-graphql'
import { scopeOf } from '../account/account-scope.js'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { selectedPaths } from '../graphql/selected-paths.js'
import { Between, OptionalText } from '../validation/rules.js'
import type { CorrespondentService } from './correspondent.service.js'
import type { MailboxService } from './mailbox.service.js'
import { Mailbox, MailboxChange } from './mailbox.type.js'
import { MessageConnection } from './message-page.type.js'
import type { MessageFlagsService } from './message-flags.service.js'
import type { MessageListService } from './message-list.service.js'
import { MailAddress, MailMessage } from './message.type.js'
import './message-enums.js'
import { badUserInput } from '../errors.js'

@ArgsType()
class MessagesArgs {
  @Field(() => ID, { description: 'Whose messages.' })
  accountId!: string

  @Field(() => MessageFolder, { defaultValue: MessageFolder.INBOX, description: 'Which folder.' })
  folder!: MessageFolder

  @Field(() => String, {
    nullable: true,
    description:
      'Words, all of which are found in the subject, in the text, in the names of attachments or in names and addresses of people. A word finds what begins with it; in Japanese, what contains it. Width and case do not matter.',
  })
  @OptionalText(SEARCH_MAX_LENGTH)
  search?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'Only those that nobody has read.' })
  unreadOnly!: boolean

  @Field(() => Int, { description: '1 to 200.', defaultValue: PAGE_USUAL })
  @Between(1, MESSAGES_PAGE_MAX)
  first!: number

  @Field(() => String, { nullable: true, description: 'Where the page before ended (endCursor).' })
  after?: string | null
}

@ArgsType()
class CorrespondentsArgs {
  @Field(() => ID, { description: 'Who writes.' })
  accountId!: string

  @Field(() => String, {
    defaultValue: '',
    description: 'Part of a name or an address. Width and case do not matter.',
  })
  @OptionalText(SEARCH_MAX_LENGTH)
  search!: string

  @Field(() => Int, { description: '1 to 50.', defaultValue: CORRESPONDENTS_USUAL })
  @Between(1, CORRESPONDENTS_MAX)
  first!: number
}

const IDS = 'At most 500. Those that are gone or out of reach are left out.'

/** Lists of messages, and what is done with several at once. */
@Resolver(() => Mailbox)
export class MailboxResolver {
  constructor(
    private readonly mailboxes: MailboxService,
    private readonly lists: MessageListService,
    private readonly flags: MessageFlagsService,
    private readonly people: CorrespondentService,
  ) {}

  @Access(UserRole.USER)
  @Query(() => [Mailbox], {
    name: 'mailboxes',
    description: "The mail of the caller's own accounts, by code.",
  })
  list(@Ctx() context: RequestContext): Promise<Mailbox[]> {
    return this.mailboxes.list(callerIn(context).id)
  }

  @Access(UserRole.USER)
  @Query(() => MessageConnection, {
    description: 'The messages of an account within reach of the caller, the newest first.',
  })
  async messages(
    @Args(() => MessagesArgs) args: MessagesArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MessageConnection> {
    const scope = scopeOf(callerIn(context))
    const paths = selectedPaths(info)
    const node = 'edges.node.'
    const fields = new Set(
      [...paths].filter((path) => path.startsWith(node)).map((path) => path.slice(node.length)),
    )
    const isCounted = paths.has('totalCount') || paths.has('unreadCount')
    const [page, counts] = await Promise.all([
      this.lists.page(scope, args, fields),
      isCounted ? this.lists.counts(scope, args) : { totalCount: 0, unreadCount: 0 },
    ])
    return { ...page, ...counts }
  }

  @Access(UserRole.USER)
  @Query(() => [MailAddress], {
    description:
      'People whom an account has written to or heard from lately, to be suggested to whoever writes: those written to most first. From the newest 1,000 sent and 2,000 received messages.',
  })
  correspondents(
    @Args(() => CorrespondentsArgs) { accountId, search, first }: CorrespondentsArgs,
    @Ctx() context: RequestContext,
  ): Promise<MailAddress[]> {
    return this.people.find(scopeOf(callerIn(context)), accountId, search, first)
  }

  @Access(UserRole.USER)
  @Mutation(() => [MailMessage], { description: 'Marks messages as read, or as unread again.' })
  markRead(
    @Arg('ids', () => [ID], { description: IDS }) ids: string[],
    @Arg('read', () => Boolean) read: boolean,
    @Ctx() context: RequestContext,
  ): Promise<MailMessage[]> {
    return this.flags.markRead(scopeOf(callerIn(context)), bounded(ids), read)
  }

  @Access(UserRole.USER)
  @Mutation(() => [ID], {
    description:
      'Deletes messages here; restoreMessages brings them back for 30 days. Answers the ids of those that were deleted. They do not come back from their server.',
  })
  deleteMessages(
    @Arg('ids', () => [ID], { description: IDS }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<string[]> {
    return this.flags.delete(scopeOf(callerIn(context)), bounded(ids))
  }

  @Access(UserRole.USER)
  @Mutation(() => [MailMessage], {
    description: 'Brings deleted messages back to where they were.',
  })
  restoreMessages(
    @Arg('ids', () => [ID], { description: IDS }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<MailMessage[]> {
    return this.flags.restore(scopeOf(callerIn(context)), bounded(ids))
  }

  @Access(UserRole.USER)
  @Subscription(() => MailboxChange, {
    description: "An account's mail now and after each change, through any API process.",
    subscribe: ({ args, context }: { args: { accountId: string }; context: RequestContext }) =>
      context.mailboxChangesOf(args.accountId),
  })
  mailboxChanged(
    @Root() change: MailboxChange,
    // Declared for the schema; `subscribe` has used it.
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    @Arg('accountId', () => ID) _accountId: string,
  ): MailboxChange {
    return change
  }
}

function bounded(ids: readonly string[]): readonly string[] {
  if (ids.length <= MESSAGES_AT_ONCE_MAX) return ids
  throw badUserInput([{ path: 'ids', rule: FieldRule.tooMany, limit: MESSAGES_AT_ONCE_MAX }])
}
