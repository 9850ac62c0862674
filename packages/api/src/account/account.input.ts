import { CREDENTIAL_MAX_LENGTH, FieldRule } from '@mailroom/shared'
import { Field, ID, InputType } from 'type-graphql'
import { Reference, SecretLength } from '../validation/rules.js'
import { AccountSettings } from './account-settings.js'

const PASSWORD =
  'Never answered. Left out in an update, the stored one stays, also where the server changes: it then goes to the new one. Null or empty removes it.'

/** The whole of a mail account, and the passwords that are only ever written. */
@InputType({
  description: 'The whole of a mail account; an update replaces it all, but the passwords.',
})
export class MailAccountInput extends AccountSettings {
  @Field(() => ID, {
    description: 'Whose it is. Somebody who is no administrator names himself only.',
  })
  @Reference(FieldRule.user)
  userId!: string

  @Field(() => ID, {
    description:
      'One of mailServerOptions. An account may keep the one that it has when that is deleted.',
  })
  @Reference(FieldRule.mailServer)
  mailServerId!: string

  @Field(() => String, { nullable: true, description: PASSWORD })
  @SecretLength(0, CREDENTIAL_MAX_LENGTH)
  incomingPassword?: string | null

  @Field(() => String, {
    nullable: true,
    description: `${PASSWORD} Removed where the server asks for none.`,
  })
  @SecretLength(0, CREDENTIAL_MAX_LENGTH)
  outgoingPassword?: string | null
}
