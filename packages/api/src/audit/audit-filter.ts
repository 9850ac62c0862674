import { GraphQLDateTime } from 'graphql-scalars'
import { FieldRule } from '@mailroom/shared'
import { ArgsType, Field, ID, Int } from 'type-graphql'
import { Between, OptionalText, Reference } from '../validation/rules.js'
import { ActorKind, AuditAction, AuditSubject } from './audit-enums.js'

const PAGE_MAX = 100
const PAGE_USUAL = 50
const SEARCH_MAX_LENGTH = 200

/** Which events; what is left out does not matter. */
@ArgsType()
export class AuditFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Part of a name, an address, or of what a field was or became; in any case.',
  })
  @OptionalText(SEARCH_MAX_LENGTH)
  search?: string | null

  @Field(() => AuditSubject, { nullable: true, description: 'What it was done to.' })
  subject?: AuditSubject | null

  @Field(() => ID, { nullable: true, description: 'The one it was done to.' })
  @Reference(FieldRule.type)
  subjectId?: string | null

  @Field(() => AuditAction, { nullable: true, description: 'What was done.' })
  action?: AuditAction | null

  @Field(() => ID, { nullable: true, description: 'Who did it.' })
  @Reference(FieldRule.type)
  actorId?: string | null

  @Field(() => ActorKind, { nullable: true, description: 'What kind of actor did it.' })
  actorKind?: ActorKind | null

  @Field(() => GraphQLDateTime, { nullable: true, description: 'At this moment or later.' })
  from?: Date | null

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Before this moment.' })
  to?: Date | null
}

/** Which events, and which page of them. */
@ArgsType()
export class AuditEventsArgs extends AuditFilter {
  @Field(() => Int, { defaultValue: PAGE_USUAL, description: `1 to ${PAGE_MAX}.` })
  @Between(1, PAGE_MAX)
  first!: number

  @Field(() => String, { nullable: true, description: 'The endCursor of the page before.' })
  @Reference(FieldRule.type)
  after?: string | null
}
