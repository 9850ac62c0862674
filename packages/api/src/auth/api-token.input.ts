import { API_TOKEN_DAYS_MAX, API_TOKEN_NAME_MAX_LENGTH, UserRole } from '@mailroom/shared'
import { Field, InputType, Int } from 'type-graphql'
import { Between, RequiredText } from '../validation/rules.js'

@InputType({ description: 'A new API token.' })
export class ApiTokenInput {
  @Field(() => String, { description: 'What the program is called; 1 to 100 characters.' })
  @RequiredText(API_TOKEN_NAME_MAX_LENGTH)
  name!: string

  @Field(() => UserRole, { defaultValue: UserRole.USER, description: 'What it may do at most.' })
  role!: UserRole

  @Field(() => Int, { defaultValue: 90, description: '1 to 365: after so many days it ends.' })
  @Between(1, API_TOKEN_DAYS_MAX)
  expiresInDays!: number
}
