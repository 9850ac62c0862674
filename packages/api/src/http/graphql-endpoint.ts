import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap, type ApolloServer } from '@apollo/server'
import { ErrorCode, UserRole, type Language } from '@mailroom/shared'
import type { Authenticator, Credentials } from '../auth/authenticator.js'
import { actorOf, type Caller } from '../auth/caller.js'
import { AppError } from '../errors.js'
import type { HttpRequestContext } from '../graphql/apollo.js'
import type { KeptAnswers } from '../graphql/kept-answers.js'
import type { SessionCookie, TicketCookie } from './cookies.js'
import { ADMIN_BODY_MAX_BYTES, BODY_MAX_BYTES } from '../graphql/limits.js'
import { BodyError, readJsonText } from './read-body.js'
import { sendJson, sendRefusal } from './send-json.js'

const DISCARDED_MAX_BYTES = 16 * 1024 * 1024
const DISCARD_MS = 5_000

interface EndpointParts {
  readonly apollo: ApolloServer<HttpRequestContext>
  readonly keptAnswers: KeptAnswers
  readonly authenticator: Authenticator
  readonly credentialsOf: (request: IncomingMessage) => Credentials
  readonly cookie: SessionCookie
  readonly ticketCookie: TicketCookie
  readonly originOf: (request: IncomingMessage) => string
  readonly languageOf: (request: IncomingMessage) => Promise<Language>
}

/**
 * Answers POST /graphql. Stands before the web framework, since a kept answer costs less than the
 * framework's own routing does.
 */
export function createGraphqlEndpoint(parts: EndpointParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await answer(parts, request, response)
    } catch (error) {
      if (error instanceof AppError) {
        // A token that cannot be used (RFC 6750 section 3), before any operation is looked at.
        if (error.code === ErrorCode.UNAUTHENTICATED)
          response.setHeader('www-authenticate', 'Bearer error="invalid_token"')
        return sendRefusal(response, error, await parts.languageOf(request))
      }
      if (!(error instanceof BodyError)) throw error
      // The rest of the body is thrown away, so the connection cannot be used again.
      response.setHeader('connection', 'close')
      sendJson(response, error.status, errorBody('BAD_REQUEST', error.message))
      discard(request)
    }
  }
}

async function answer(parts: EndpointParts, request: IncomingMessage, response: ServerResponse) {
  const text = await readJsonText(request, await bodyLimit(parts, request))
  const credentials = parts.credentialsOf(request)
  const user = await parts.authenticator.identify(credentials)
  const kept = user && parts.keptAnswers.find(user.role, text)
  if (kept !== undefined) return sendJson(response, 200, kept)

  const generation = parts.keptAnswers.generation
  const context = await createContext(parts, request, response, user, credentials)
  const result = await parts.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: headerMap(request),
      search: '',
      body: parseJson(text),
    },
    context: () => Promise.resolve(context),
  })
  for (const [name, value] of result.headers) response.setHeader(name, value)
  if (result.body.kind !== 'complete') throw new Error('incremental delivery is not enabled')
  const body = Buffer.from(result.body.string)
  const { until } = context.keeping
  if (user !== undefined && until !== undefined)
    parts.keptAnswers.keep(user.role, text, { answer: body, until }, generation)
  sendJson(response, result.status ?? 200, body)
}

/**
 * Whoever announces a large body is looked at before it is read: only an administrator may make us hold
 * one. Who it is that asks is found out once more afterwards, since reading takes its time.
 */
async function bodyLimit(
  { authenticator, credentialsOf }: EndpointParts,
  request: IncomingMessage,
): Promise<number> {
  if (Number(request.headers['content-length'] ?? 0) <= BODY_MAX_BYTES) return BODY_MAX_BYTES
  const user = await authenticator.identify(credentialsOf(request))
  return user?.role === UserRole.ADMIN ? ADMIN_BODY_MAX_BYTES : BODY_MAX_BYTES
}

async function createContext(
  { originOf, languageOf, cookie, ticketCookie }: EndpointParts,
  request: IncomingMessage,
  response: ServerResponse,
  user: Caller | undefined,
  { address, sessionToken }: Credentials,
): Promise<HttpRequestContext> {
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return {
    user,
    actor: actorOf(user, address),
    sessionToken,
    language: await languageOf(request),
    address,
    origin: originOf(request),
    signal: gone.signal,
    ticket: ticketCookie.read(request),
    keeping: { until: undefined },
    setSessionToken: (token) => response.setHeader('set-cookie', cookie.write(token)),
    setTicket: (ticket) => response.appendHeader('set-cookie', ticketCookie.write(ticket)),
    changesOf: () => {
      throw new Error('subscriptions are not answered over plain HTTP')
    },
    stepsOf: () => {
      throw new Error('subscriptions are not answered over plain HTTP')
    },
    progressOf: () => {
      throw new Error('subscriptions are not answered over plain HTTP')
    },
    sendingsOf: () => {
      throw new Error('subscriptions are not answered over plain HTTP')
    },
    mailboxChangesOf: () => {
      throw new Error('subscriptions are not answered over plain HTTP')
    },
  }
}

/** Reads on for a while, so that a caller who is still sending gets to the answer before the end. */
function discard(request: IncomingMessage): void {
  let left = DISCARDED_MAX_BYTES
  const timer = setTimeout(() => request.destroy(), DISCARD_MS)
  request
    .on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) request.destroy()
    })
    .once('close', () => clearTimeout(timer))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BodyError(
      400,
      `The body is not JSON (${cause instanceof Error ? cause.name : 'unknown'}).`,
    )
  }
}

function headerMap(request: IncomingMessage): HeaderMap {
  const map = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return map
}

function errorBody(code: string, message: string): Buffer {
  return Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code } }] }))
}
