import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

/** How a message can be on one side only. */
export const DifferenceKind = {
  NOT_RECEIVED: 'NOT_RECEIVED',
  READ_ELSEWHERE: 'READ_ELSEWHERE',
  TOO_LARGE: 'TOO_LARGE',
  NOT_ON_SERVER: 'NOT_ON_SERVER',
} as const
export type DifferenceKind = (typeof DifferenceKind)[keyof typeof DifferenceKind]
registerEnumType(DifferenceKind, {
  name: 'DifferenceKind',
  description:
    'NOT_RECEIVED: on the server, and to be received the next time. READ_ELSEWHERE: on the server, read by another program before it was received (IMAP4 receives unread mail only). TOO_LARGE: on the server, over the size limit. NOT_ON_SERVER: here, and no longer there, though nothing here has removed it.',
})

@ObjectType({ description: 'A message that only the server, or only Mailroom, has.' })
export class MailboxDifference {
  @Field(() => DifferenceKind, { description: 'Who has it.' })
  kind!: DifferenceKind

  @Field(() => String, { nullable: true, description: 'What the server calls it: UIDL or UID.' })
  uniqueId!: string | null

  @Field(() => Float, { nullable: true, description: 'Bytes; of the server’s, as it says.' })
  sizeBytes!: number | null

  @Field(() => ID, { nullable: true, description: 'Of the message that is here.' })
  messageId!: string | null

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was received.' })
  receivedAt!: Date | null
}

@ObjectType({ description: 'What the server has, beside what is here.' })
export class Reconciliation {
  @Field(() => String, {
    nullable: true,
    description: 'Why the server could not be asked, as in DiagnosisStep.problem.',
  })
  problem!: string | null

  @Field(() => Int, { nullable: true, description: 'Messages in the inbox of the server.' })
  onServer!: number | null

  @Field(() => Int, { nullable: true, description: 'Those of them that are here.' })
  alsoHere!: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'Messages for which the server has no id: whether they are here only receiving them tells.',
  })
  withoutId!: number | null

  @Field(() => Int, { nullable: true, description: 'How many differences there are.' })
  differenceCount!: number | null

  @Field(() => [MailboxDifference], { description: 'Each of them, the first 500.' })
  differences!: MailboxDifference[]
}
