import { SENDER_MAX_LENGTH, UserRole } from '@mailroom/shared'
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql'
import { Access } from '../auth/access.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'
import { RequiredText } from '../validation/rules.js'
import type { MessageHtmlService, SafeHtml } from './message-html.service.js'
import { MailMessage } from './message.type.js'
import type { RemoteContentService } from './remote-content.service.js'

@ArgsType()
class SenderArgs {
  @Field(() => String, { description: 'The address, as `from` has it.' })
  @RequiredText(SENDER_MAX_LENGTH)
  sender!: string
}

/** What a message shows as HTML, and whose remote images are in it. */
@Resolver(() => MailMessage)
export class MessageHtmlResolver {
  /** Of one answer: several fields of a message are one reading of it. */
  readonly #read = new WeakMap<MailMessage, Map<boolean, Promise<SafeHtml>>>()

  constructor(
    private readonly htmls: MessageHtmlService,
    private readonly remote: RemoteContentService,
  ) {}

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Sanitised: nothing in it runs, and nothing remote loads by itself. Null where it has none, or none that can be shown: its text is what is to be read then.',
  })
  async html(
    @Root() message: MailMessage,
    @Arg('remoteContent', () => Boolean, {
      nullable: true,
      description:
        'true: with its remote images; false: without; left out: as the person has decided for its sender.',
    })
    remoteContent: boolean | null,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    const isShown = remoteContent ?? (await this.#isAllowed(message, context))
    return (await this.#safe(message, isShown)).html
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether its HTML has remote images, which are shown only when somebody asks.',
  })
  async hasRemoteContent(@Root() message: MailMessage, @Ctx() context: RequestContext) {
    return (await this.#safe(message, await this.#isAllowed(message, context))).hasRemoteContent
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the caller wants to see the remote images of its sender.',
  })
  remoteContentAllowed(
    @Root() message: MailMessage,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    return this.#isAllowed(message, context)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether its HTML is more than what is shown of it; its source has all.',
  })
  async isHtmlCut(@Root() message: MailMessage, @Ctx() context: RequestContext): Promise<boolean> {
    return (await this.#safe(message, await this.#isAllowed(message, context))).isCut
  }

  @Access(UserRole.USER)
  @Mutation(() => Boolean, {
    description:
      'From now on shows the caller the remote images of whatever says that it comes from this address.',
  })
  async showRemoteContent(
    @Args(() => SenderArgs) { sender }: SenderArgs,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.remote.show(callerIn(context).id, sender)
    return true
  }

  @Access(UserRole.USER)
  @Mutation(() => Boolean, { description: 'Takes showRemoteContent back.' })
  async hideRemoteContent(
    @Args(() => SenderArgs) { sender }: SenderArgs,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.remote.hide(callerIn(context).id, sender)
    return true
  }

  #isAllowed({ from }: MailMessage, context: RequestContext): Promise<boolean> {
    if (from === null || from.address === '') return Promise.resolve(false)
    return this.remote.isAllowed(callerIn(context).id, from.address)
  }

  #safe(message: MailMessage, showsRemote: boolean): Promise<SafeHtml> {
    const known = this.#read.get(message) ?? new Map<boolean, Promise<SafeHtml>>()
    this.#read.set(message, known)
    const safe = known.get(showsRemote) ?? this.htmls.read(message, showsRemote)
    known.set(showsRemote, safe)
    return safe
  }
}
