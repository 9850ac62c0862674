import 'reflect-metadata'
import { GraphQLDateTime } from 'graphql-scalars'
import type { GraphQLSchema } from 'graphql'
import { buildSchema as buildTypeGraphqlSchema, type NonEmptyArray } from 'type-graphql'
import { AccountResolver } from '../account/account.resolver.js'
import { MailServerAccountsResolver } from '../account/mail-server-accounts.resolver.js'
import { UserAccountsResolver } from '../account/user-accounts.resolver.js'
import { AuditEventResolver, AuditResolver } from '../audit/audit.resolver.js'
import { ApiTokenResolver } from '../auth/api-token.resolver.js'
import { AuthResolver } from '../auth/auth.resolver.js'
import { UserResolver } from '../auth/user.resolver.js'
import { DiagnosisResolver } from '../diagnosis/diagnosis.resolver.js'
import { DiscoveryResolver } from '../discovery/discovery.resolver.js'
import { MailServerResolver } from '../mail-server/mail-server.resolver.js'
import { MailServerVersionsResolver } from '../mail-server/mail-server-versions.resolver.js'
import { OAuthGrantResolver } from '../oauth/oauth-grant.resolver.js'
import { OAuthProviderResolver } from '../oauth/oauth-provider.resolver.js'
import { OidcResolver } from '../oidc/oidc.resolver.js'
import { MailboxResolver } from '../message/mailbox.resolver.js'
import { MessageHtmlResolver } from '../message/message-html.resolver.js'
import { MessageResolver } from '../message/message.resolver.js'
import { AccountReceivingResolver } from '../receiving/account-receiving.resolver.js'
import { MailboxReconcilerResolver } from '../receiving/mailbox-reconciler.resolver.js'
import { ReceiveRunResolver } from '../receiving/receive-run.resolver.js'
import { DraftResolver } from '../sending/draft.resolver.js'
import { MessageSendingResolver } from '../sending/message-sending.resolver.js'
import { SendingResolver } from '../sending/sending.resolver.js'
import { AccountTransferResolver } from '../transfer/account-transfer.resolver.js'
import { MailServerTransferResolver } from '../transfer/mail-server-transfer.resolver.js'
import { SettingsResolver } from '../settings/settings.resolver.js'
import { guardSchema } from './guard-schema.js'
import { VALIDATION } from './validation-options.js'

const RESOLVERS = [
  AuthResolver,
  ApiTokenResolver,
  UserResolver,
  OidcResolver,
  SettingsResolver,
  OAuthProviderResolver,
  OAuthGrantResolver,
  MailServerResolver,
  MailServerTransferResolver,
  MailServerVersionsResolver,
  AuditResolver,
  AuditEventResolver,
  AccountResolver,
  AccountTransferResolver,
  MailServerAccountsResolver,
  UserAccountsResolver,
  DiagnosisResolver,
  DiscoveryResolver,
  ReceiveRunResolver,
  MailboxReconcilerResolver,
  AccountReceivingResolver,
  MessageResolver,
  SendingResolver,
  MessageSendingResolver,
  DraftResolver,
  MailboxResolver,
  MessageHtmlResolver,
] as const satisfies NonEmptyArray<new (...args: never[]) => object>

/**
 * The schema, each operation behind its declared access.
 *
 * @param resolvers the resolvers as app.ts made them; left out to print the schema only
 */
export async function buildSchema(resolvers: readonly object[] = []): Promise<GraphQLSchema> {
  const instances = new Map<unknown, object>(resolvers.map((r) => [r.constructor, r]))
  const schema = await buildTypeGraphqlSchema({
    resolvers: RESOLVERS,
    container: { get: (resolver: unknown) => instances.get(resolver) },
    // Off by default in this version.
    validate: VALIDATION,
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    pubSub: NO_PUB_SUB,
  })
  return guardSchema(schema)
}

/** Subscriptions read the ChangeFeed through `subscribe`; the library insists on a PubSub all the same. */
const NO_PUB_SUB = {
  publish: () => undefined,
  subscribe: (): never => {
    throw new Error('subscriptions come from the change feed')
  },
}
