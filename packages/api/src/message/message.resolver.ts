import { UserRole } from '@mailroom/shared'
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { scopeOf } from '../account/account-scope.js'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import type { MessageService } from './message.service.js'
import { MailMessage } from './message.type.js'

@Resolver(() => MailMessage)
export class MessageResolver {
  constructor(private readonly messages: MessageService) {}

  @Access(UserRole.USER)
  @Query(() => MailMessage, {
    nullable: true,
    description: 'One message, within reach of the caller.',
  })
  message(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<MailMessage | null> {
    return this.messages.find(scopeOf(callerIn(context)), id)
  }

  @Access(UserRole.USER)
  @Query(() => [MailMessage], {
    description:
      'The messages of an account that are kept and could not be read, the newest 200 first.',
  })
  unparsedMessages(
    @Arg('accountId', () => ID) accountId: string,
    @Ctx() context: RequestContext,
  ): Promise<MailMessage[]> {
    return this.messages.unparsed(scopeOf(callerIn(context)), accountId)
  }

  @Access(UserRole.USER)
  @Mutation(() => MailMessage, {
    description:
      'Reads a message once more, such as after an upgrade. It stays whatever comes of it.',
  })
  parseMessageAgain(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<MailMessage> {
    return this.messages.parseAgain(scopeOf(callerIn(context)), id)
  }
}
