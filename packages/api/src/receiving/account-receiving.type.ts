import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ObjectType } from 'type-graphql'
import { ReceiveRun } from './receive-run.entity.js'

@ObjectType({ description: 'How receiving stands with an account.' })
export class AccountReceivingState {
  @Field(() => ReceiveRun, { nullable: true, description: 'The newest, which may be under way.' })
  lastRun!: ReceiveRun | null

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When a receiving last went through.',
  })
  lastReceivedAt!: Date | null

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it is received next by itself; null where that is off, or paused.',
  })
  nextAt!: Date | null

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Since when nothing is received by itself, because name and password were refused again and again. receiveMail, or a change of the account, tries again.',
  })
  pausedAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'What the last receiving met, as in ReceiveRun.problem.',
  })
  problem!: string | null
}

@ObjectType({ description: 'A message that stays on its server; it is tried again each time.' })
export class UnreceivedMail {
  @Field(() => String, { nullable: true, description: 'What the server calls it: UIDL or UID.' })
  uniqueId!: string | null

  @Field(() => Float, { nullable: true, description: 'Bytes, as the server says.' })
  sizeBytes!: number | null

  @Field(() => String, { description: 'Why, as a stable code such as MESSAGE_TOO_LARGE.' })
  problem!: string

  @Field(() => GraphQLDateTime, { description: 'When it was first met.' })
  firstSeenAt!: Date

  @Field(() => GraphQLDateTime, { description: 'When it was last met.' })
  lastSeenAt!: Date
}
