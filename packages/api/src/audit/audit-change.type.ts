import { Field, ObjectType } from 'type-graphql'
import type { FieldChange } from './field-changes.js'

/** One field's change as it is read. */
@ObjectType({ description: 'What became of one field.' })
export class AuditChange implements Pick<FieldChange, 'field' | 'old' | 'new'> {
  @Field(() => String, {
    description:
      'Its path in the input, such as "outgoing.port"; of MAIL_SERVER_ORDER the code of the server that moved.',
  })
  field!: string

  @Field(() => String, { nullable: true, description: 'What it was; null: nothing.' })
  old!: string | null

  @Field(() => String, { nullable: true, description: 'What it became; null: nothing.' })
  new!: string | null

  @Field(() => Boolean, {
    description: 'A secret: that it changed is told, and nothing of what it was or is.',
  })
  isSecret!: boolean
}

export const toAuditChange = (change: FieldChange): AuditChange => ({
  ...change,
  isSecret: change.isSecret === true,
})
