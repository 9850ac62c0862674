import { Field, ObjectType } from 'type-graphql'

/** Of every list that is read page by page. */
@ObjectType({ description: 'Whether and where a list that is read page by page goes on.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more.' })
  hasNextPage!: boolean

  @Field(() => String, { nullable: true, description: '`after` of the next page; null of none.' })
  endCursor!: string | null
}
