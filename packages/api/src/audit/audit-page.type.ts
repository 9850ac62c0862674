import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfo } from '../graphql/page-info.type.js'
import { AuditEvent } from './audit-event.entity.js'
import type { AuditFilter } from './audit-filter.js'

@ObjectType({ description: 'An event in a list that is read page by page.' })
export class AuditEventEdge {
  @Field(() => String, { description: 'Its place, for `after`.' })
  cursor!: string

  @Field(() => AuditEvent, { description: 'The event.' })
  node!: AuditEvent
}

@ObjectType({ description: 'One page of events, newest first.' })
export class AuditEventConnection {
  @Field(() => [AuditEventEdge], { description: 'In order.' })
  edges!: AuditEventEdge[]

  @Field(() => PageInfo, {
    description:
      'Whether and where it goes on. A search looks at a bounded number of events at a time: a page may be short, even empty, and yet go on.',
  })
  pageInfo!: PageInfo

  /** What was asked for, to count it where somebody asks. */
  filter!: AuditFilter

  @Field(() => Int, {
    nullable: true,
    description: 'How many there are on all pages; null where there are too many to count.',
  })
  totalCount?: number | null
}
