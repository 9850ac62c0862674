import { MessageFolder } from '@mailroom/shared'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import './message-enums.js'

@ObjectType({ description: 'What one folder of a mailbox holds.' })
export class MailboxFolder {
  @Field(() => MessageFolder, { description: 'Which one.' })
  folder!: MessageFolder

  @Field(() => Int, { description: 'Messages in it.' })
  total!: number

  @Field(() => Int, { description: 'Those that nobody has read here.' })
  unread!: number
}

@ObjectType({ description: 'The mail of one account.' })
export class Mailbox {
  @Field(() => ID, { description: 'The account.' })
  accountId!: string

  @Field(() => String, { description: 'Its code.' })
  code!: string

  @Field(() => String, { description: 'What it is called; its address where it has no name.' })
  name!: string

  @Field(() => String, { description: 'Its address.' })
  email!: string

  @Field(() => Int, { description: 'Unread messages in the inbox.' })
  unread!: number

  @Field(() => [MailboxFolder], { description: 'INBOX, SENT and OUTBOX, also where empty.' })
  folders!: MailboxFolder[]
}

@ObjectType({ description: 'That the mail of an account changed.' })
export class MailboxChange {
  @Field(() => ID, { description: 'The account.' })
  accountId!: string

  @Field(() => Int, { description: 'Another number after each change; says nothing else.' })
  change!: number

  @Field(() => [MailboxFolder], { description: 'What its folders hold now.' })
  folders!: MailboxFolder[]
}
