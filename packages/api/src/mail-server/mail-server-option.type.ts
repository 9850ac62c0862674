import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import type { MailServer } from './mail-server.entity.js'

/** What a screen that chooses a server needs. */
@ObjectType({
  description:
    'What a screen that chooses a server needs, and all that a plain user may see of one.',
})
export class MailServerOption implements Pick<MailServer, 'id' | 'code' | 'name' | 'deletedAt'> {
  @Field(() => ID, { description: "The mail server's id." })
  id!: string

  @Field(() => String, { description: 'Shown beside the name where names repeat.' })
  code!: string

  @Field(() => String, { description: 'What the dropdown shows.' })
  name!: string

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Set where an account still names a server that has been deleted; never set in mailServerOptions.',
  })
  deletedAt!: Date | null
}
