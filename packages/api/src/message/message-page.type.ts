import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfo } from '../graphql/page-info.type.js'
import { MailMessage } from './message.type.js'

@ObjectType({ description: 'A message in a list that is read page by page.' })
export class MessageEdge {
  @Field(() => String, { description: 'Its place, for `after`.' })
  cursor!: string

  @Field(() => MailMessage, { description: 'The message.' })
  node!: MailMessage
}

@ObjectType({ description: 'One page of messages.' })
export class MessageConnection {
  @Field(() => [MessageEdge], { description: 'The newest first.' })
  edges!: MessageEdge[]

  @Field(() => PageInfo, { description: 'Whether and where it goes on.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'How many there are on all pages.' })
  totalCount!: number

  @Field(() => Int, {
    description: 'How many messages of the folder are unread, whatever is searched.',
  })
  unreadCount!: number
}
