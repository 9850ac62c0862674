import type { Server } from 'node:http'
import { ErrorCode, LANGUAGES, type Language } from '@mailroom/shared'
import {
  GraphQLError,
  OperationTypeNode,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type GraphQLSchema,
} from 'graphql'
import { CloseCode, makeServer, type ServerOptions } from 'graphql-ws'
import { WebSocketServer, type WebSocket } from 'ws'
import type { IncomingMessage } from 'node:http'
import { scopeOf } from '../account/account-scope.js'
import { bearerOf, type Authenticator, type Credentials } from '../auth/authenticator.js'
import { actorOf, callerIn, type Caller } from '../auth/caller.js'
import type { ChangeFeed, ChangeTopic } from '../db/change-feed.js'
import type { DiagnosisService } from '../diagnosis/diagnosis.service.js'
import { AppError } from '../errors.js'
import type { RequestOrigin } from '../http/request-origin.js'
import { ROUTES } from '../http/routes.js'
import type { Logger } from '../logger.js'
import type { MailboxService } from '../message/mailbox.service.js'
import type { ReceiveRunService } from '../receiving/receive-run.service.js'
import type { SendingService } from '../sending/sending.service.js'
import { formatError } from './format-error.js'
import { TOKENS_MAX, limitShape } from './limits.js'
import { markBadLiterals, refuseBadVariables } from './refuse-bad-values.js'
import type { RequestContext } from './request-context.js'

const MESSAGE_MAX_BYTES = 64 * 1024
const SOCKETS_MAX = 2_000
const PING_MS = 30_000
/** The longest that a timer takes. */
const TIMER_MAX_MS = 2 ** 31 - 1
/** Of a closing frame (RFC 6455 section 5.5). */
const REASON_MAX_BYTES = 123
const NO_SOCKET_HEADERS = 'Connection: close\r\nContent-Length: 0\r\n\r\n'

/** A socket and whose it is, which a token in its first message may still say. */
interface Connection {
  user: Caller | undefined
  credentials: Credentials
  readonly language: Language
  readonly request: IncomingMessage
  readonly socket: WebSocket
  readonly gone: AbortController
  context: RequestContext
  /** When session or token end by themselves. */
  timer?: NodeJS.Timeout
}

interface SubscriptionParts {
  readonly schema: GraphQLSchema
  readonly authenticator: Authenticator
  readonly credentialsOf: (request: IncomingMessage) => Credentials
  readonly changes: ChangeFeed
  readonly diagnoses: DiagnosisService
  readonly runs: ReceiveRunService
  readonly sendings: SendingService
  readonly mailboxes: MailboxService
  readonly logger: Logger
  readonly originOf: (request: IncomingMessage) => string
  readonly languageOf: (request: IncomingMessage) => Promise<Language>
  readonly requestOriginOf: (request: IncomingMessage) => RequestOrigin
}

/**
 * Subscriptions at /graphql by the graphql-transport-ws protocol (the one of @apollo/client's
 * GraphQLWsLink). Only subscriptions: the rest has its cookies and limits over HTTP.
 */
export function serveSubscriptions(
  server: Server,
  parts: SubscriptionParts,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX_BYTES })
  const protocol = makeServer(protocolOptions(parts))
  server.on('upgrade', (request, socket, head) => {
    const isOurs =
      (request.url ?? '').split('?')[0] === ROUTES.graphql && sockets.clients.size < SOCKETS_MAX
    // A page of another origin could otherwise ride on the cookie: browsers send it with any socket.
    if (!isOurs || parts.requestOriginOf(request) === 'FOREIGN') {
      socket.end(`HTTP/1.1 403 Forbidden\r\n${NO_SOCKET_HEADERS}`)
      return
    }
    // Who it is must be known before the socket opens: its first message would find no listener.
    const credentials = parts.credentialsOf(request)
    socket.on('error', () => socket.destroy())
    Promise.all([parts.authenticator.identify(credentials), parts.languageOf(request)]).then(
      ([user, language]) =>
        sockets.handleUpgrade(request, socket, head, (ws) =>
          open(ws, { user, credentials, language, request }, protocol, parts),
        ),
      (error: unknown) => {
        if (error instanceof AppError) {
          socket.end(`HTTP/1.1 401 Unauthorized\r\n${NO_SOCKET_HEADERS}`)
          return
        }
        parts.logger.error({ err: error }, 'could not open a subscription socket')
        socket.destroy()
      },
    )
  })
  return { close: () => closeAll(sockets) }
}

function protocolOptions(
  parts: SubscriptionParts,
): ServerOptions<Record<string, unknown>, Connection> {
  const { schema, logger } = parts
  return {
    schema,
    context: ({ extra }) => extra.context,
    onConnect: async ({ extra, connectionParams }) => {
      const language = knownLanguage(connectionParams?.['language'])
      if (language !== undefined) extra.context = { ...extra.context, language }
      const bearer = bearerOf(connectionParams?.['authorization'])
      return bearer === undefined || takeToken(extra, bearer, parts)
    },
    // What it returns goes through onError, where it is worded.
    onSubscribe: ({ extra }, _id, { query, variables, operationName }) => {
      try {
        const document = parse(query, { maxTokens: TOKENS_MAX })
        const operation = getOperationAST(document, operationName)
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return [onlySubscriptions()]
        const errors = validate(schema, document, [...specifiedRules, limitShape], { maxErrors: 5 })
        markBadLiterals(document, errors)
        if (errors.length > 0) return errors.map(asValidationFailure)
        refuseBadVariables(schema, operation, variables ?? {})
        return {
          schema,
          document,
          operationName,
          variableValues: variables,
          contextValue: extra.context,
        }
      } catch (error) {
        return [asGraphqlError(error)]
      }
    },
    onNext: ({ extra }, _id, _payload, _args, result) =>
      result.errors === undefined
        ? result
        : {
            ...result,
            errors: result.errors.map((e) => formatError(e, extra.context.language, logger)),
          },
    onError: ({ extra }, _id, _payload, errors) =>
      errors.map((e) => formatError(e, extra.context.language, logger)),
  }
}

/** The language of a `connection_init`: a browser can set no header of a socket. */
function knownLanguage(wanted: unknown): Language | undefined {
  return LANGUAGES.find((language) => language === wanted)
}

function asValidationFailure(error: GraphQLError): GraphQLError {
  const { message, nodes, extensions } = error
  return new GraphQLError(message, {
    nodes,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', ...extensions },
  })
}

const onlySubscriptions = () =>
  new GraphQLError('Only subscriptions are answered here; send the rest by POST.', {
    extensions: { code: 'BAD_REQUEST' },
  })

/** What parsing throws has no code yet. */
function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError && error.originalError !== undefined) return error
  const isSyntax = error instanceof GraphQLError
  return new GraphQLError('refused', {
    originalError: error instanceof Error ? error : undefined,
    extensions: isSyntax ? { code: 'GRAPHQL_PARSE_FAILED' } : {},
  })
}

/** Browsers can set no header of a socket: the token comes in the first message. Answers whether it holds. */
async function takeToken(
  connection: Connection,
  bearer: string,
  parts: SubscriptionParts,
): Promise<boolean> {
  const { address } = connection.credentials
  const credentials: Credentials = { bearer, sessionToken: undefined, address }
  try {
    const user = await parts.authenticator.identify(credentials)
    const { language } = connection.context
    Object.assign(connection, { user, credentials })
    connection.context = { ...createContext(connection, parts), language }
    endInTime(connection)
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const reason = Buffer.from(error.message).subarray(0, REASON_MAX_BYTES)
    connection.socket.close(CloseCode.Unauthorized, reason)
    return false
  }
}

function open(
  ws: WebSocket,
  given: Pick<Connection, 'user' | 'credentials' | 'language' | 'request'>,
  protocol: ReturnType<typeof makeServer<Record<string, unknown>, Connection>>,
  parts: SubscriptionParts,
): void {
  const gone = new AbortController()
  const bare = { ...given, socket: ws, gone }
  const connection: Connection = { ...bare, context: createContext(bare, parts) }
  ws.once('close', () => gone.abort())
  ws.on('error', () => ws.terminate())
  endWithSession(connection, parts)
  endInTime(connection)
  gone.signal.addEventListener('abort', () => clearTimeout(connection.timer))
  pingUntilGone(ws, gone.signal)
  const closed = protocol.opened(
    {
      protocol: ws.protocol,
      // What ends as its listener leaves still says so: to nobody, which is no failure.
      send: (data) =>
        ws.readyState === ws.OPEN
          ? new Promise((resolve, reject) => ws.send(data, (e) => (e ? reject(e) : resolve())))
          : undefined,
      close: (code, reason) => ws.close(code, reason),
      onMessage: (listener) =>
        ws.on('message', (data: Buffer) => {
          listener(data.toString()).catch((error: unknown) => {
            parts.logger.warn({ err: error }, 'subscription message failed')
            ws.close(CloseCode.InternalServerError, ErrorCode.INTERNAL)
          })
        }),
    },
    connection,
  )
  ws.once('close', (code, reason) => {
    closed(code, reason.toString()).catch(() => undefined)
  })
}

/** Closes the socket once its session or token has ended anywhere, or may do something else than before. */
function endWithSession(connection: Connection, { authenticator, changes }: SubscriptionParts) {
  const end = () => connection.socket.close(CloseCode.Forbidden, 'Forbidden')
  const stop = changes.on('session', () => {
    const { user, credentials } = connection
    if (user === undefined) return
    authenticator.identify(credentials).then(
      (now) => {
        if (now?.id !== user.id || now.role !== user.role) end()
      },
      (error: unknown) => {
        if (error instanceof AppError) end()
      },
    )
  })
  connection.gone.signal.addEventListener('abort', stop)
}

/** Closes the socket when its session or token ends by itself. */
function endInTime(connection: Connection): void {
  const { user, socket } = connection
  // A token in the first message counts instead of the cookie, however soon that ends.
  clearTimeout(connection.timer)
  if (user === undefined || socket.readyState !== socket.OPEN) return
  connection.timer = setTimeout(
    () => socket.close(CloseCode.Forbidden, 'Forbidden'),
    Math.min(user.endsAtMs - performance.now(), TIMER_MAX_MS),
  )
}

function pingUntilGone(ws: WebSocket, signal: AbortSignal): void {
  let isAlive = true
  ws.on('pong', () => (isAlive = true))
  const timer = setInterval(() => {
    if (!isAlive) return ws.terminate()
    isAlive = false
    ws.ping()
  }, PING_MS)
  signal.addEventListener('abort', () => clearInterval(timer))
}

function createContext(
  { user, credentials, language, request, gone }: Omit<Connection, 'context'>,
  parts: SubscriptionParts,
): RequestContext {
  const { address, sessionToken } = credentials
  const actor = actorOf(user, address)
  return {
    user,
    actor,
    sessionToken,
    language,
    address,
    origin: parts.originOf(request),
    signal: gone.signal,
    ticket: undefined,
    setSessionToken: () => {
      throw new Error('a socket cannot set cookies')
    },
    setTicket: () => {
      throw new Error('a socket cannot set cookies')
    },
    changesOf: (topic) => changesOf(parts.changes, topic, gone.signal),
    stepsOf: (asked) =>
      parts.diagnoses.stream({ user: callerIn({ user }), actor }, asked, gone.signal),
    progressOf: async (runId) => {
      const scope = scopeOf(callerIn({ user }))
      await parts.runs.get(scope, runId)
      return parts.runs.progress(scope, runId, changesOf(parts.changes, 'receive-run', gone.signal))
    },
    sendingsOf: async (accountId) => {
      const scope = scopeOf(callerIn({ user }))
      await parts.sendings.requireAccount(scope, accountId)
      return parts.sendings.changes(
        scope,
        accountId,
        changesOf(parts.changes, 'sending', gone.signal),
      )
    },
    mailboxChangesOf: async (accountId) => {
      const scope = scopeOf(callerIn({ user }))
      await parts.mailboxes.require(scope, accountId)
      const announced = changesOf(parts.changes, 'message', gone.signal)
      return parts.mailboxes.changes(scope, accountId, announced, gone.signal)
    },
  }
}

/** Once now, then after each change; changes that come while one is being answered count as one. */
async function* changesOf(
  changes: ChangeFeed,
  topic: ChangeTopic,
  signal: AbortSignal,
): AsyncGenerator<null> {
  let isDue = true
  let wake: () => void = () => undefined
  const stop = changes.on(topic, () => {
    isDue = true
    wake()
  })
  const abort = () => wake()
  signal.addEventListener('abort', abort)
  try {
    while (!signal.aborted) {
      if (isDue) {
        isDue = false
        yield null
      } else {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  } finally {
    stop()
    signal.removeEventListener('abort', abort)
  }
}

async function closeAll(sockets: WebSocketServer): Promise<void> {
  for (const ws of sockets.clients) ws.close(1001, 'Going away')
  await new Promise<void>((resolve) => sockets.close(() => resolve()))
}
