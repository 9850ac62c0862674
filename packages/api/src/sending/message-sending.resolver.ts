import { FieldResolver, Resolver, Root } from 'type-graphql'
import { MessageFolder } from '@mailroom/shared'
import { AskedTogether } from '../graphql/asked-together.js'
import { MailMessage } from '../message/message.type.js'
import { Sending } from './sending.entity.js'
import type { SendingService } from './sending.service.js'

/** What a message shows of its sending: added from this side, since a message knows nothing of it. */
@Resolver(() => MailMessage)
export class MessageSendingResolver {
  readonly #sendings: AskedTogether<Sending>

  constructor(sendings: SendingService) {
    this.#sendings = new AskedTogether((ids) => sendings.ofMessages(ids))
  }

  @FieldResolver(() => Sending, {
    nullable: true,
    description: 'How its sending stands; null for what was received.',
  })
  async sending(@Root() { id, folder }: MailMessage): Promise<Sending | null> {
    if (folder === MessageFolder.INBOX) return null
    return (await this.#sendings.of(id)) ?? null
  }
}
