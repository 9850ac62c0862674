import { IncomingAuthMethod, SmtpAuthMethod, SmtpCredentials } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import type { MailServer } from './mail-server.entity.js'

/** What a screen that chooses a server needs: nothing of it tells where the server is. */
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

  @Field(() => Boolean, {
    description: "Whether an account's incoming password signs in anywhere.",
  })
  needsIncomingPassword!: boolean

  @Field(() => Boolean, {
    description: 'Whether an account has a name and password of its own for sending.',
  })
  needsOutgoingCredentials!: boolean

  @Field(() => Boolean, { description: 'Whether sending or receiving signs in by OAuth 2.0.' })
  usesOAuth!: boolean

  @Field(() => ID, {
    nullable: true,
    description:
      "Where an account's owner signs in (startOAuthGrant) before it can be used; null where nobody has to.",
  })
  oauthProviderId!: string | null
}

/** An option of which nothing that is made from settings was asked for. */
export type NamedOption = Pick<MailServerOption, 'id' | 'code' | 'name' | 'deletedAt'>

/** Fields of an option that are made from settings which nobody is shown. */
const MADE = ['needsIncomingPassword', 'needsOutgoingCredentials', 'usesOAuth', 'oauthProviderId']
const MADE_FROM = [
  'outgoing.authMethod',
  'outgoing.credentials',
  'incoming.authMethod',
  'oauthProviderId',
]
/** What every option of an account needs. */
export const OPTION_PATHS: ReadonlySet<string> = new Set([
  ...['id', 'code', 'name', 'deletedAt'],
  ...MADE_FROM,
])

/** The property paths of a mail server to read for these fields of its option; undefined where they are the same. */
export function optionPaths(fields: ReadonlySet<string>): ReadonlySet<string> | undefined {
  return MADE.some((field) => fields.has(field)) ? new Set([...fields, ...MADE_FROM]) : undefined
}

type SignInSettings = Pick<
  MailServer,
  'id' | 'code' | 'name' | 'deletedAt' | 'outgoing' | 'incoming' | 'oauthProviderId'
>

/** Whether accounts at a server have a name and password of their own for sending. */
export function needsOutgoingCredentials({ outgoing }: Pick<MailServer, 'outgoing'>): boolean {
  return (
    outgoing.authMethod !== SmtpAuthMethod.NONE && outgoing.credentials === SmtpCredentials.OUTGOING
  )
}

/** Whether sending or receiving through a server signs in by OAuth 2.0. */
export function usesOAuth({ outgoing, incoming }: Pick<MailServer, 'outgoing' | 'incoming'>) {
  return (
    incoming.authMethod === IncomingAuthMethod.XOAUTH2 ||
    outgoing.authMethod === SmtpAuthMethod.XOAUTH2
  )
}

/** @param signInProviders ids of the OAuth 2.0 providers at which people sign in */
export function toOption(
  server: SignInSettings,
  signInProviders: ReadonlySet<string>,
): MailServerOption {
  const { id, code, name, deletedAt, outgoing, incoming, oauthProviderId } = server
  const sendsByIncomingPassword =
    outgoing.credentials === SmtpCredentials.INCOMING &&
    outgoing.authMethod !== SmtpAuthMethod.NONE &&
    outgoing.authMethod !== SmtpAuthMethod.XOAUTH2
  const isSignInProvider = oauthProviderId !== null && signInProviders.has(oauthProviderId)
  return {
    ...{ id, code, name, deletedAt },
    needsIncomingPassword:
      incoming.authMethod === IncomingAuthMethod.PASSWORD || sendsByIncomingPassword,
    needsOutgoingCredentials: needsOutgoingCredentials(server),
    usesOAuth: usesOAuth(server),
    oauthProviderId: isSignInProvider ? oauthProviderId : null,
  }
}
