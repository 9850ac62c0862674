import { RecipientState, UserRole } from '@mailroom/shared'
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql'
import { scopeOf } from '../account/account-scope.js'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import { AskedTogether } from '../graphql/asked-together.js'
import type { RequestContext } from '../graphql/request-context.js'
import type { MessageService } from '../message/message.service.js'
import { MailMessage } from '../message/message.type.js'
import { Draft } from './draft.entity.js'
import type { OutboxService } from './outbox.service.js'
import { SendMailInput } from './send-mail.input.js'
import { SendingRecipient } from './sending-recipient.entity.js'
import { Sending } from './sending.entity.js'
import { sendingNotFound } from './sending.errors.js'
import type { SendingService } from './sending.service.js'
import { writerIn } from './writer.js'

@Resolver(() => Sending)
export class SendingResolver {
  readonly #recipients: AskedTogether<SendingRecipient[]>

  constructor(
    private readonly outbox: OutboxService,
    private readonly sendings: SendingService,
    private readonly messages: MessageService,
  ) {
    this.#recipients = new AskedTogether((ids) => sendings.recipientsOf(ids))
  }

  @Access(UserRole.USER)
  @Query(() => Sending, {
    nullable: true,
    description: 'One sending, within reach of the caller.',
  })
  sending(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Sending | null> {
    return this.sendings.find(scopeOf(callerIn(context)), id)
  }

  @Access(UserRole.USER)
  @Mutation(() => Sending, {
    description: 'Stores the message in the outbox before anything else, then sends it.',
  })
  sendMail(
    @Arg('input', () => SendMailInput) input: SendMailInput,
    @Ctx() context: RequestContext,
  ): Promise<Sending> {
    return this.outbox.send(writerIn(context), context.actor, input)
  }

  @Access(UserRole.USER)
  @Mutation(() => Sending, {
    description:
      'Sends a FAILED or UNCONFIRMED one once more, to the recipients that no server has taken it for.',
  })
  retrySending(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Sending> {
    return this.sendings.retry(scopeOf(callerIn(context)), context.actor, id)
  }

  @Access(UserRole.USER)
  @Mutation(() => Sending, {
    description: 'Says of an UNCONFIRMED one that it did arrive: it is SENT.',
  })
  confirmSending(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Sending> {
    return this.sendings.confirm(scopeOf(callerIn(context)), context.actor, id)
  }

  @Access(UserRole.USER)
  @Mutation(() => Draft, {
    description:
      'Takes a QUEUED or FAILED one back, as a draft of the caller’s, to be changed and sent anew. Where some recipients have got it already, it is SENT to those, and the draft is for the others.',
  })
  cancelSending(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Draft> {
    return this.sendings.cancel(writerIn(context), context.actor, id)
  }

  @Access(UserRole.USER)
  @Subscription(() => Sending, {
    description: "An account's sendings that are under way, and then each that changes.",
    subscribe: ({ args, context }: { args: { accountId: string }; context: RequestContext }) =>
      context.sendingsOf(args.accountId),
  })
  sendingChanged(
    @Root() sending: Sending,
    // Declared for the schema; `subscribe` has used it.
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    @Arg('accountId', () => ID) _accountId: string,
  ): Sending {
    return sending
  }

  @FieldResolver(() => MailMessage, { description: 'What is sent; in OUTBOX until it is SENT.' })
  async message(
    @Root() { messageId }: Sending,
    @Ctx() context: RequestContext,
  ): Promise<MailMessage> {
    const message = await this.messages.find(scopeOf(callerIn(context)), messageId)
    if (message === null) throw sendingNotFound()
    return message
  }

  @FieldResolver(() => [SendingRecipient], { description: 'What became of each.' })
  async recipients(@Root() { id }: Sending): Promise<SendingRecipient[]> {
    return (await this.#recipients.of(id)) ?? []
  }

  @FieldResolver(() => [String], { description: 'Those that the server took it for.' })
  async acceptedRecipients(@Root() sending: Sending): Promise<string[]> {
    return this.#those(sending, RecipientState.ACCEPTED)
  }

  @FieldResolver(() => [String], { description: 'Those that it does not reach.' })
  async rejectedRecipients(@Root() sending: Sending): Promise<string[]> {
    return this.#those(sending, RecipientState.REFUSED)
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: 'When it is tried, or tried again; null where nothing more will be.',
  })
  nextAttemptAt(@Root() { state, dueAt }: Sending): Date | null {
    return state === 'QUEUED' ? dueAt : null
  }

  async #those(sending: Sending, wanted: RecipientState): Promise<string[]> {
    const recipients = await this.recipients(sending)
    return recipients.filter(({ state }) => state === wanted).map(({ address }) => address)
  }
}
