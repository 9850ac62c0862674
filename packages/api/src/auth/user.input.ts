import {
  LOGIN_NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  UserRole,
} from '@mailroom/shared'
import { Field, InputType } from 'type-graphql'
import { RequiredText, SecretLength } from '../validation/rules.js'

/** The whole of a person, and the password that is only ever written. */
@InputType({ description: 'The whole of a person; an update replaces all but the password.' })
export class UserInput {
  @Field(() => String, {
    description: 'What the person types to sign in; case and width do not matter. Unique.',
  })
  @RequiredText(LOGIN_NAME_MAX_LENGTH)
  loginName!: string

  @Field(() => String, { description: 'What the screens call the person.' })
  @RequiredText(LOGIN_NAME_MAX_LENGTH)
  displayName!: string

  @Field(() => UserRole, {
    defaultValue: UserRole.USER,
    description: 'What the person may do. A change ends the sessions of the person.',
  })
  role!: UserRole

  @Field(() => String, {
    nullable: true,
    description:
      'At least 8 characters. Never answered. Left out or null, the stored one stays; a new one ends the sessions of the person. A new person without one signs in by OpenID Connect only.',
  })
  @SecretLength(PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH)
  password?: string | null
}
