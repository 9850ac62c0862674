import { FieldRule } from '@mailroom/shared'
import { Field, ID, InputType } from 'type-graphql'
import { Reference } from '../validation/rules.js'
import { MailContentInput } from './mail-content.input.js'

@InputType({
  description: 'A message that is being written: nothing of it need be complete or right.',
})
export class DraftInput extends MailContentInput {
  @Field(() => ID, { description: 'The account that is to send it.' })
  @Reference(FieldRule.mailAccount)
  accountId!: string
}
