import { createServer, type IncomingMessage, type Server } from 'node:http'
import { isIP, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { LANGUAGES, type Language } from '@mailroom/shared'
import pg from 'pg'
import type { DataSource } from 'typeorm'
import { AccountConnectionService } from './account/account-connection.service.js'
import { AccountMoveService } from './account/account-move.service.js'
import { AccountReader } from './account/account-reader.js'
import { AccountResolver } from './account/account.resolver.js'
import { AccountService } from './account/account.service.js'
import { ManyAccountsService } from './account/many-accounts.service.js'
import { MailServerAccountsResolver } from './account/mail-server-accounts.resolver.js'
import { UserAccountsResolver } from './account/user-accounts.resolver.js'
import { SYSTEM } from './audit/actor.js'
import { recordAudit } from './audit/record-audit.js'
import { keyTaken } from './audit/secret-key-records.js'
import { AuditEventResolver, AuditResolver } from './audit/audit.resolver.js'
import { AuditService, type SubjectEntities } from './audit/audit.service.js'
import { MailAccount } from './account/account.entity.js'
import { User } from './auth/user.entity.js'
import { MailServer } from './mail-server/mail-server.entity.js'
import { MailServerVersions } from './mail-server/mail-server-versions.service.js'
import { MailServerVersionsResolver } from './mail-server/mail-server-versions.resolver.js'
import { OAuthProvider } from './oauth/oauth-provider.entity.js'
import { RequestLimit } from './auth/request-limit.service.js'
import { ApiTokenResolver } from './auth/api-token.resolver.js'
import { ApiTokenService } from './auth/api-token.service.js'
import { AuthResolver } from './auth/auth.resolver.js'
import { AuthService } from './auth/auth.service.js'
import { Authenticator } from './auth/authenticator.js'
import { ProfileService } from './auth/profile.service.js'
import { SessionService } from './auth/session.service.js'
import { SignInLimit } from './auth/sign-in-limit.js'
import { UserResolver } from './auth/user.resolver.js'
import { UserService } from './auth/user.service.js'
import type { Config } from './config.js'
import { AnnouncedTransactions, SoonAnnouncedTransactions } from './db/announced.js'
import { ChangeFeed } from './db/change-feed.js'
import { createDataSource } from './db/data-source.js'
import { migrate } from './db/migrate.js'
import { DiagnosisResolver } from './diagnosis/diagnosis.resolver.js'
import { DiagnosisService } from './diagnosis/diagnosis.service.js'
import { DiscoveryResolver } from './discovery/discovery.resolver.js'
import { createOutside, type Outside } from './discovery/outside.js'
import { createApollo } from './graphql/apollo.js'
import { buildSchema } from './graphql/build-schema.js'
import { KeptAnswers } from './graphql/kept-answers.js'
import { serveSubscriptions } from './graphql/subscriptions.js'
import { SessionCookie, TicketCookie } from './http/cookies.js'
import { createCors } from './http/cors.js'
import { createCredentialsReader } from './http/credentials.js'
import { endSlowRequest } from './http/end-slow-request.js'
import { createGraphqlEndpoint } from './http/graphql-endpoint.js'
import { serveOAuthCallback } from './http/oauth-callback.js'
import { serveOidcCallback } from './http/oidc-callback.js'
import { createOriginCheck } from './http/request-origin.js'
import { ROUTES } from './http/routes.js'
import { serveDownloads } from './http/serve-downloads.js'
import { serveMessages } from './http/serve-messages.js'
import { serveUploads } from './http/serve-uploads.js'
import { createWebApp } from './http/web-app.js'
import { JobBoss } from './jobs/job-boss.js'
import { wantedLanguage } from './language.js'
import type { Logger } from './logger.js'
import { MailServerResolver } from './mail-server/mail-server.resolver.js'
import { MailServerService } from './mail-server/mail-server.service.js'
import { MessageParser } from './parsing/message-parser.js'
import { CorrespondentService } from './message/correspondent.service.js'
import { MailboxResolver } from './message/mailbox.resolver.js'
import { MailboxService } from './message/mailbox.service.js'
import { MessageFlagsService } from './message/message-flags.service.js'
import { MessageHtmlResolver } from './message/message-html.resolver.js'
import { MessageHtmlService } from './message/message-html.service.js'
import { MessageListService } from './message/message-list.service.js'
import { RemoteContentService } from './message/remote-content.service.js'
import { MessageResolver } from './message/message.resolver.js'
import { MessageService } from './message/message.service.js'
import { PARSED_AT_ONCE, ParsePending } from './message/parse-pending.js'
import { MailRemover } from './message/mail-remover.js'
import { PostgresSourceStore } from './message/message-source-store.js'
import { AccountReceivingResolver } from './receiving/account-receiving.resolver.js'
import { AccountReceivingService } from './receiving/account-receiving.service.js'
import { MailboxOpener } from './receiving/mailbox-opener.js'
import { MailboxReconciler } from './receiving/mailbox-reconciler.js'
import { MailboxReconcilerResolver } from './receiving/mailbox-reconciler.resolver.js'
import { ReceiveJobs } from './receiving/receive-job.js'
import { ReceiveQueue } from './receiving/receive-queue.js'
import { ReceiveRunResolver } from './receiving/receive-run.resolver.js'
import { ReceiveRunService } from './receiving/receive-run.service.js'
import { ReceiveSchedule } from './receiving/receive-schedule.js'
import { ReceiveWorker } from './receiving/receive-worker.js'
import { ReceivedStore } from './receiving/received-store.js'
import { RunEnd } from './receiving/run-end.js'
import { createAddressPolicy } from './transport/address-policy.js'
import { GrantTokens } from './oauth/grant-tokens.js'
import { OAuthGrantResolver } from './oauth/oauth-grant.resolver.js'
import { OAuthGrantService } from './oauth/oauth-grant.service.js'
import { OAuthProviderResolver } from './oauth/oauth-provider.resolver.js'
import { OAuthProviderService } from './oauth/oauth-provider.service.js'
import { ProviderClient } from './oauth/provider-client.js'
import { TokenSource } from './oauth/token-source.js'
import { OidcClient } from './oidc/oidc-client.js'
import { OidcPeople } from './oidc/oidc-people.js'
import { OidcResolver } from './oidc/oidc.resolver.js'
import { OidcService, type OidcParts } from './oidc/oidc.service.js'
import { followKeys } from './secret/follow-keys.js'
import { openSecretBox } from './secret/open-secret-box.js'
import { AccountTransferResolver } from './transfer/account-transfer.resolver.js'
import { AccountTransferService } from './transfer/account-transfer.service.js'
import { MailServerTransferResolver } from './transfer/mail-server-transfer.resolver.js'
import { MailServerTransferService } from './transfer/mail-server-transfer.service.js'
import { DraftResolver } from './sending/draft.resolver.js'
import { DraftService } from './sending/draft.service.js'
import { MessageSendingResolver } from './sending/message-sending.resolver.js'
import { OriginalMail } from './sending/original-mail.js'
import { OutboxStore } from './sending/outbox-store.js'
import { OutboxService } from './sending/outbox.service.js'
import { OutgoingOpener } from './sending/outgoing-opener.js'
import { SendJobs } from './sending/send-job.js'
import { SendQueue } from './sending/send-queue.js'
import { SendSchedule } from './sending/send-schedule.js'
import { SendStore } from './sending/send-store.js'
import { SendWorker } from './sending/send-worker.js'
import { SenderPool } from './sending/sender-pool.js'
import { SendingResolver } from './sending/sending.resolver.js'
import { SendingService } from './sending/sending.service.js'
import { UploadService } from './sending/upload.service.js'
import { SettingsResolver } from './settings/settings.resolver.js'
import { SettingsService } from './settings/settings.service.js'

const CONSOLE_DIR = fileURLToPath(new URL('../../web/dist', import.meta.url))
/** Node's own guards against slow and large requests, tightened (slowloris). */
const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 60_000
/** A file of the largest size over a slow line. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000
/**
 * Longer than reverse proxies keep a connection (60 s): who is left open longer never sends into one
 * that is being closed here, which it would answer with 502.
 */
const KEEP_ALIVE_TIMEOUT_MS = 75_000

/** By administrator: somebody mending settings step by step stays below it, a port scanner does not. */
const DIAGNOSIS_LIMIT = { name: 'diagnosis', points: 10, durationSeconds: 60 }
/** By person: whoever forgot which password it was gets there, a guesser does not. */
const PASSWORD_LIMIT = { name: 'password', points: 10, durationSeconds: 600 }
/** By address: a forgotten program that asks on and on is told to wait. */
const REFUSED_TOKEN_LIMIT = { name: 'api-token', points: 30, durationSeconds: 60 }
/** By address: a whole company behind one of them signs in at nine. */
const OIDC_LIMIT = { name: 'oidc', points: 600, durationSeconds: 600 }
/** By person: mailbox after mailbox stays below it, and so do sign-ins that are begun anew. */
const OAUTH_GRANT_LIMIT = { name: 'oauth-grant', points: 30, durationSeconds: 60 }
/** By person: each signs in and lists a whole mailbox. */
const RECONCILE_LIMIT = { name: 'reconcile', points: 10, durationSeconds: 60 }
/** By account: nobody needs more, and its server counts connections. */
const RECEIVE_LIMIT = { name: 'receive', points: 120, durationSeconds: 60 }
/** By person: each is kept; a program that writes to all customers stays below it. */
const SEND_LIMIT = { name: 'send', points: 3_000, durationSeconds: 600 }
/** By person: each is written to the database. */
const UPLOAD_LIMIT = { name: 'upload', points: 300, durationSeconds: 600 }
const DISCOVERY_LIMIT = { name: 'discovery', points: 20, durationSeconds: 60 }

/** What the memory of every change tells of and has a page of its own: whether it is still there. */
const SUBJECT_ENTITIES: SubjectEntities = {
  MAIL_SERVER: MailServer,
  MAIL_ACCOUNT: MailAccount,
  USER: User,
  OAUTH_PROVIDER: OAuthProvider,
}

/** The running product without its process: tests and main.ts build the same. */
export interface App {
  readonly auth: AuthService
  readonly mailServers: MailServerService
  readonly tokens: TokenSource
  /** Starts listening; resolves to the port. */
  listen(port: number, host: string): Promise<number>
  close(): Promise<void>
}

interface AppOptions {
  /** Whom finding settings asks; tests bring servers of their own. */
  readonly outside?: Outside
}

/**
 * Builds every object by hand, in the order in which they need each other, and migrates the database.
 * Rejects where the database cannot be reached or belongs to a newer version.
 */
export async function createApp(
  databaseUrl: string,
  config: Config,
  logger: Logger,
  { outside }: AppOptions = {},
): Promise<App> {
  const dataSource = createDataSource(databaseUrl)
  await dataSource.initialize()
  await migrate(dataSource)
  const secrets = await openSecretBox(dataSource, config, (manager, keyId) =>
    recordAudit(manager, SYSTEM, keyTaken(keyId)),
  ).catch(async (error: unknown) => {
    await dataSource.destroy()
    throw error
  })
  const changes = new ChangeFeed(databaseUrl, logger)
  followKeys(secrets, changes, dataSource, logger)
  await changes.open()
  const limitPool = new pg.Pool({
    ...{ connectionString: databaseUrl, max: 3 },
    // A count that a crash of the database takes along is no loss, and each request would wait for a flush.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- it is waited for; its types do not say so
    onConnect: async (client) => {
      await client.query('SET synchronous_commit = off')
    },
  })
  limitPool.on('error', (error) => logger.warn({ err: error }, 'idle database connection lost'))

  const sessions = new SessionService(dataSource, changes)
  const auth = new AuthService(dataSource, sessions, new SignInLimit(limitPool))
  const users = new UserService(dataSource, sessions, changes, config.oidc?.issuer.href)
  const apiTokens = new ApiTokenService(
    dataSource,
    changes,
    new RequestLimit(limitPool, REFUSED_TOKEN_LIMIT),
  )
  const authenticator = new Authenticator(sessions, apiTokens)
  const profiles = new ProfileService(
    dataSource,
    sessions,
    new RequestLimit(limitPool, PASSWORD_LIMIT),
  )
  const oidc = new OidcService(
    createOidcParts(config, dataSource, databaseUrl),
    sessions,
    new RequestLimit(limitPool, OIDC_LIMIT),
    dataSource.manager,
  )
  const settings = new SettingsService(dataSource, changes)
  const mailServers = new MailServerService(dataSource, changes)
  const audit = new AuditService(dataSource, SUBJECT_ENTITIES)
  const policy = createAddressPolicy({
    // The environment only ever forbids: what it denies, no setting gives back.
    allowsPrivate: async () =>
      config.allowsPrivateNetworks && (await settings.current()).allowsPrivateNetworks,
    ownServices: [databaseService(databaseUrl)],
  })
  const providers = new OAuthProviderService(dataSource, changes, secrets)
  const providerClient = new ProviderClient(secrets, policy)
  const grantTokens = new GrantTokens(dataSource, secrets)
  const grants = new OAuthGrantService(
    dataSource,
    secrets,
    providers,
    providerClient,
    grantTokens,
    new RequestLimit(limitPool, OAUTH_GRANT_LIMIT),
  )
  const tokens = new TokenSource(grantTokens, providers, providerClient)
  const accountReader = new AccountReader(dataSource, mailServers)
  const accountChanges = new AnnouncedTransactions(dataSource, changes, 'mail-account')
  const accounts = new AccountService(accountChanges, secrets, accountReader, settings)
  mailServers.tellsAlso((...change) => accounts.consequencesOf(...change))
  const connections = new AccountConnectionService(dataSource, secrets, accountReader)
  // Accounts first: they name the grants by which they sign in.
  for (const belongings of [accounts, apiTokens, grants]) {
    users.deletesAlso((...of) => belongings.deleteAllOf(...of))
  }
  const diagnoses = new DiagnosisService(
    policy,
    new RequestLimit(limitPool, DIAGNOSIS_LIMIT),
    tokens,
    connections,
  )
  const boss = new JobBoss(databaseUrl, logger, config.role !== 'api')
  await boss.open()
  const queue = new ReceiveQueue(boss)
  await queue.open()
  const runEnd = new RunEnd(dataSource, settings)
  const runs = new ReceiveRunService({
    ...{ dataSource, changes, queue, accounts: accountReader, end: runEnd },
    limit: new RequestLimit(limitPool, RECEIVE_LIMIT),
  })
  const sources = new PostgresSourceStore(dataSource)
  const store = new ReceivedStore(dataSource, sources)
  const mailboxes = new MailboxOpener({ connections, tokens, policy, settings })
  const reconciler = new MailboxReconciler({
    ...{ dataSource, accounts: accountReader, connections, mailboxes, store },
    limit: new RequestLimit(limitPool, RECONCILE_LIMIT),
  })
  const parser = new MessageParser({ threads: PARSED_AT_ONCE })
  // A thread of its own: whoever reads does not wait for what is parsed behind it.
  const reader = new MessageParser()
  const messages = new MessageService(dataSource, accountReader, sources, reader)
  const sendQueue = new SendQueue(boss)
  await sendQueue.open()
  const sendingChanges = new SoonAnnouncedTransactions(dataSource, changes, 'sending', 'message')
  const uploads = new UploadService(dataSource, new RequestLimit(limitPool, UPLOAD_LIMIT))
  const drafts = new DraftService(dataSource, accountReader, uploads)
  const outbox = new OutboxService({
    ...{ uploads, accounts: accountReader, parser: reader },
    originals: new OriginalMail(dataSource, messages),
    store: new OutboxStore({
      ...{ dataSource, sources, uploads, queue: sendQueue, transactions: sendingChanges },
    }),
    limit: new RequestLimit(limitPool, SEND_LIMIT),
  })
  const sendings = new SendingService({
    ...{ dataSource, drafts, accounts: accountReader, queue: sendQueue },
    transactions: sendingChanges,
  })
  const mailbox = new MailboxService(dataSource, accountReader)
  const messageChanges = new AnnouncedTransactions(dataSource, changes, 'message')
  const jobs = new ReceiveJobs({ dataSource, mailboxes, end: runEnd, store, logger })
  const pool = new SenderPool()
  const sendStore = new SendStore(dataSource, sendingChanges)
  const sendJobs = new SendJobs({
    ...{ store: sendStore, sources, pool, logger },
    opener: new OutgoingOpener({ connections, tokens, policy, changes }),
  })
  const isReceiving = () => jobs.underWay.length > 0 || sendJobs.isBusy
  const sendWorker =
    config.role === 'api'
      ? undefined
      : new SendWorker({
          ...{ queue: sendQueue, jobs: sendJobs, pool, logger },
          schedule: new SendSchedule({ dataSource, uploads, queue: sendQueue, store: sendStore }),
        })
  const worker =
    config.role === 'api'
      ? undefined
      : new ReceiveWorker({
          ...{ dataSource, changes, boss, queue, jobs, logger },
          schedule: new ReceiveSchedule(dataSource, settings, runs),
          remover: new MailRemover(dataSource),
          parsing: new ParsePending({
            ...{ dataSource, changes, sources, parser, isReceiving, logger },
          }),
        })
  const mailServerTransfer = new MailServerTransferService(mailServers, providers)
  const accountTransfer = new AccountTransferService(
    new ManyAccountsService(dataSource, accountChanges, secrets, accountReader),
    mailServers,
    secrets,
  )
  const schema = await buildSchema([
    new AuthResolver(auth, sessions),
    new ApiTokenResolver(apiTokens),
    new UserResolver(users, profiles, sessions),
    new OidcResolver(oidc),
    new SettingsResolver(settings, config),
    new OAuthProviderResolver(providers),
    new OAuthGrantResolver(grants),
    new MailServerResolver(mailServers),
    new MailServerTransferResolver(mailServerTransfer),
    new MailServerVersionsResolver(new MailServerVersions(dataSource, audit, mailServers)),
    new AuditResolver(audit),
    new AuditEventResolver(audit),
    new AccountResolver(accounts, new AccountMoveService(accountChanges), accountReader),
    new AccountTransferResolver(accountTransfer),
    new MailServerAccountsResolver(accountReader),
    new UserAccountsResolver(accountReader),
    new DiagnosisResolver(diagnoses),
    new ReceiveRunResolver(runs),
    new AccountReceivingResolver(new AccountReceivingService(dataSource, accountReader, settings)),
    new MailboxReconcilerResolver(reconciler),
    new MessageResolver(messages),
    new SendingResolver(outbox, sendings, messages),
    new MessageSendingResolver(sendings),
    new DraftResolver(drafts, uploads),
    new MailboxResolver(
      mailbox,
      new MessageListService(dataSource, accountReader),
      new MessageFlagsService(messageChanges, accountReader),
      new CorrespondentService(dataSource, accountReader),
    ),
    new MessageHtmlResolver(
      new MessageHtmlService({ dataSource, sources, logger, parser: reader }),
      new RemoteContentService(dataSource),
    ),
    new DiscoveryResolver(
      outside ?? createOutside(policy),
      policy,
      config.discovery,
      new RequestLimit(limitPool, DISCOVERY_LIMIT),
    ),
  ])
  const apollo = createApollo({ schema, logger, isDevelopment: config.isDevelopment })
  await apollo.start()

  const isSecure = config.publicUrl?.protocol === 'https:'
  const cookie = new SessionCookie(isSecure)
  const ticketCookie = new TicketCookie(isSecure)
  const addressOf = clientAddress(config.trustedProxies)
  const originOf = ownOrigin(config.publicUrl)
  const requestOriginOf = createOriginCheck(config.publicUrl, config.corsOrigins)
  const credentialsOf = createCredentialsReader({ cookie, addressOf, requestOriginOf })
  const languageOf = callerLanguage(settings)
  const graphql = createGraphqlEndpoint({
    apollo,
    keptAnswers: new KeptAnswers(changes),
    authenticator,
    credentialsOf,
    cookie,
    ticketCookie,
    originOf,
    languageOf,
  })
  const cors = createCors(config.corsOrigins)
  const explorer = config.isDevelopment ? await import('./http/explorer.js') : undefined
  const web = createWebApp({
    consoleDir: CONSOLE_DIR,
    isSecure,
    logger,
    isReady: () =>
      dataSource.query('SELECT 1').then(
        () => changes.isLive,
        () => false,
      ),
    extend: (app) => {
      serveOidcCallback(app, {
        ...{ oidc, sessions, cookie, ticketCookie, addressOf, originOf, logger },
      })
      serveDownloads(app, {
        languageOf,
        callerOf: (request) => authenticator.identify(credentialsOf(request)),
        downloads: [
          {
            path: ROUTES.mailServersExport,
            name: { ja: 'メールサーバー', en: 'mail-servers' },
            write: (language) => mailServerTransfer.export(language),
          },
          {
            path: ROUTES.mailAccountsExport,
            name: { ja: 'ユーザーアカウント', en: 'mail-accounts' },
            write: (language) => accountTransfer.export(language),
          },
        ],
      })
      serveMessages(app, {
        ...{ messages, languageOf },
        callerOf: (request) => authenticator.identify(credentialsOf(request)),
      })
      serveUploads(app, {
        ...{ uploads, languageOf, requestOriginOf },
        callerOf: (request) => authenticator.identify(credentialsOf(request)),
      })
      serveOAuthCallback(app, { grants, sessions, cookie, addressOf, languageOf })
      explorer?.serveExplorer(app)
    },
  })
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    if (path !== ROUTES.uploads) endSlowRequest(request, REQUEST_TIMEOUT_MS)
    if (path !== ROUTES.graphql && path !== ROUTES.uploads) {
      web(request, response)
      return
    }
    cors(request, response, () => {
      if (path !== ROUTES.graphql || request.method !== 'POST') {
        web(request, response)
        return
      }
      graphql(request, response).catch((error: unknown) => {
        logger.error({ err: error }, 'unexpected error in a request')
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    })
  })
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = UPLOAD_TIMEOUT_MS
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS
  const subscriptions = serveSubscriptions(server, {
    schema,
    authenticator,
    credentialsOf,
    changes,
    diagnoses,
    runs,
    sendings,
    mailboxes: mailbox,
    logger,
    originOf,
    requestOriginOf,
    languageOf,
  })

  await worker?.start()
  await sendWorker?.start()
  return {
    auth,
    mailServers,
    tokens,
    listen: (port, host) => listen(server, port, host),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await subscriptions.close()
      server.closeIdleConnections()
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5_000).unref())])
      server.closeAllConnections()
      await apollo.stop()
      await Promise.all([sendWorker?.stop(), worker?.stop() ?? boss.close(0)])
      await Promise.all([parser.close(), reader.close()])
      sessions.close()
      apiTokens.close()
      await changes.close()
      await limitPool.end()
      await dataSource.destroy()
    },
  }
}

/** The provider is named by whoever runs this installation, so it may be anywhere but where no server is. */
function createOidcParts(
  { oidc }: Config,
  dataSource: DataSource,
  databaseUrl: string,
): OidcParts | undefined {
  if (oidc === undefined) return undefined
  const policy = createAddressPolicy({
    allowsPrivate: true,
    ownServices: [databaseService(databaseUrl)],
  })
  return {
    name: oidc.name,
    client: new OidcClient(oidc, policy),
    people: new OidcPeople(dataSource, oidc.addsPeople),
  }
}

/** Where the database listens; a socket's folder is no host, and nobody can dial it. */
function databaseService(databaseUrl: string): { host: string; port: number } {
  const { hostname, port } = new URL(databaseUrl)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || '5432') }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address: AddressInfo | string | null = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** The caller's address: the nearest hop that is not one of our own web servers. */
function clientAddress(trustedProxies: number) {
  return (request: IncomingMessage): string => {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((hop) => hop.trim())
      .filter((hop) => isIP(hop) !== 0)
    const hops = [...forwarded, request.socket.remoteAddress ?? 'unknown']
    const hop = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? 'unknown'
    // An IPv4 address as a socket for both kinds gives it: the same caller has one name everywhere.
    return hop.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  }
}

/** The language that the caller asks for, otherwise the installation's. */
function callerLanguage(settings: SettingsService) {
  const byDefault = () =>
    settings.current().then(
      ({ defaultLanguage }) => defaultLanguage,
      // What failed is said by whatever needs the database; for that a language will do.
      () => LANGUAGES[0],
    )
  return async ({ headers }: IncomingMessage): Promise<Language> =>
    wantedLanguage(headers['accept-language']) ?? (await byDefault())
}

/** Where people reach us: as configured, otherwise as this request did (Node itself speaks plain HTTP). */
function ownOrigin(publicUrl: URL | undefined) {
  return ({ headers, socket }: IncomingMessage): string => {
    if (publicUrl !== undefined) return publicUrl.origin
    const host = headers.host ?? `localhost:${socket.localPort}`
    return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).origin : 'http://localhost'
  }
}
