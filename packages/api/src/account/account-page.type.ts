import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfo } from '../graphql/page-info.type.js'
import { MailAccount } from './account.entity.js'

@ObjectType({ description: 'An account in a list that is read page by page.' })
export class MailAccountEdge {
  @Field(() => String, { description: 'Its place, for `after`.' })
  cursor!: string

  @Field(() => MailAccount, { description: 'The account.' })
  node!: MailAccount
}

@ObjectType({ description: 'One page of accounts.' })
export class MailAccountConnection {
  @Field(() => [MailAccountEdge], { description: 'In order.' })
  edges!: MailAccountEdge[]

  @Field(() => PageInfo, { description: 'Whether and where it goes on.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'How many there are on all pages.' })
  totalCount!: number
}
