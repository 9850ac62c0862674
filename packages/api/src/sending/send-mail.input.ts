import { FieldRule, HOLD_MAX_SECONDS, IDEMPOTENCY_KEY_MAX_LENGTH } from '@mailroom/shared'
import { Field, ID, InputType, Int } from 'type-graphql'
import { Between, OptionalText, Reference } from '../validation/rules.js'
import { MailContentInput } from './mail-content.input.js'

@InputType({ description: 'A message to be sent.' })
export class SendMailInput extends MailContentInput {
  @Field(() => ID, { description: 'The account that sends it.' })
  @Reference(FieldRule.mailAccount)
  accountId!: string

  @Field(() => String, {
    nullable: true,
    description:
      "Chosen by the caller: the same mail, sent twice with the same one, is one mail. Of a sending that there is already, that one is answered. Not longer than 100 characters, and the account's for as long as the sending is kept; where it was taken back, CONFLICT for 30 days.",
  })
  @OptionalText(IDEMPOTENCY_KEY_MAX_LENGTH)
  idempotencyKey?: string | null

  @Field(() => Int, {
    defaultValue: 0,
    description: '0 to 30: for so long it waits for cancelSending before it is sent.',
  })
  @Between(0, HOLD_MAX_SECONDS)
  holdSeconds!: number

  @Field(() => ID, {
    nullable: true,
    description: 'The draft that it was, which goes as the message is put into the outbox.',
  })
  @Reference(FieldRule.draft)
  draftId?: string | null
}
