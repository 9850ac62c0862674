import { Field, Int, ObjectType } from 'type-graphql'

/** What the settings let the caller do; all that somebody who is no administrator sees of them. */
@ObjectType({ description: 'What the settings let the caller do. An administrator may do it all.' })
export class MyRules {
  @Field(() => Boolean, {
    description: "Whether the caller may add, change and delete the caller's own mail accounts.",
  })
  managesOwnAccounts!: boolean

  @Field(() => Boolean, {
    description: 'Whether the caller may have received mail left on the mail server.',
  })
  leavesMail!: boolean

  @Field(() => Int, {
    description: 'In MiB: a larger message is neither received nor sent.',
  })
  messageSizeLimitMib!: number
}
