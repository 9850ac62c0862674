import { MessageFolder, ParseState } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import './message-enums.js'

@ObjectType({ description: 'A person or list, as a message names it. Not proven by anything.' })
export class MailAddress {
  @Field(() => String, { nullable: true, description: 'The name beside the address.' })
  name!: string | null

  @Field(() => String, { description: 'As the message has it; it may be no address at all.' })
  address!: string
}

@ObjectType({ description: 'What a message brings along.' })
export class Attachment {
  @Field(() => ID, { description: 'Within its message, the same for good.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'As the sender called it.' })
  filename!: string | null

  @Field(() => String, { description: 'As the sender said; nothing is to be run because of it.' })
  contentType!: string

  @Field(() => Int, { description: 'Bytes, decoded.' })
  size!: number

  @Field(() => String, {
    nullable: true,
    description: 'Its Content-ID without brackets, by which the HTML may show it.',
  })
  contentId!: string | null

  @Field(() => Boolean, {
    description: 'Whether it is part of what is read: shown in the HTML, say.',
  })
  isInline!: boolean

  @Field(() => String, { description: 'Where it is downloaded, by whoever may read the message.' })
  url!: string
}

@ObjectType('Message', { description: 'A message, kept byte for byte.' })
export class MailMessage {
  @Field(() => ID, { description: 'Never reused.' })
  id!: string

  @Field(() => ID, { description: 'The account that it belongs to.' })
  accountId!: string

  @Field(() => MessageFolder, { description: 'Where it lies.' })
  folder!: MessageFolder

  @Field(() => ParseState, {
    description: 'Whether it has been read, which the fields below need.',
  })
  parseState!: ParseState

  @Field(() => String, {
    nullable: true,
    description: 'Why it could not be read: PARSE_TIMEOUT, PARSE_MEMORY or PARSE_FAILED.',
  })
  parseProblem!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Its Message-ID. Not unique, and not always there.',
  })
  messageId!: string | null

  @Field(() => String, { description: 'Its subject, or nothing.' })
  subject!: string

  @Field(() => MailAddress, { nullable: true, description: 'Who says that he sent it.' })
  from!: MailAddress | null

  @Field(() => [MailAddress], { description: 'To whom it says that it goes.' })
  to!: MailAddress[]

  @Field(() => [MailAddress], { description: 'Who else.' })
  cc!: MailAddress[]

  @Field(() => [MailAddress], { description: 'To whom it asks that answers go, where it does.' })
  replyTo!: MailAddress[]

  @Field(() => String, { nullable: true, description: 'The Message-ID that it answers.' })
  inReplyTo!: string | null

  @Field(() => [String], {
    description: 'The Message-IDs of what it goes back to, the oldest first; at most 100.',
  })
  references!: string[]

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it says that it was written.',
  })
  date!: Date | null

  @Field(() => GraphQLDateTime, {
    description: 'When it was stored here; lists are in this order.',
  })
  storedAt!: Date

  @Field(() => Int, { description: 'Bytes of the source.' })
  size!: number

  @Field(() => Boolean, { description: 'Whether somebody has read it here.' })
  read!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'The beginning of its text in one line, for lists; null until it is read.',
  })
  snippet!: string | null

  @Field(() => Int, { description: 'How many attachments it has, for lists.' })
  attachmentCount!: number

  @Field(() => String, { nullable: true, description: 'Its text, where it has one.' })
  text!: string | null

  @Field(() => [Attachment], { description: 'What it brings along.' })
  attachments!: Attachment[]

  @Field(() => String, {
    description: 'Where the source is downloaded, byte for byte as received or sent.',
  })
  sourceUrl!: string
}
