import {
  ApolloClient,
  ApolloError,
  fromPromise,
  HttpLink,
  InMemoryCache,
  Observable,
  split,
} from '@apollo/client/core'
import { setContext } from '@apollo/client/link/context'
import { onError, type ErrorResponse } from '@apollo/client/link/error'
import { getMainDefinition } from '@apollo/client/utilities'
import { ErrorCode } from '@mailroom/shared'
import { Kind, OperationTypeNode } from 'graphql'
import { watch } from 'vue'
import { currentLanguage } from './i18n/i18n.js'
import { createLaterLink } from './later-link.js'
import type { SocketLinks } from './socket-links.js'

const PATH = '/graphql'
/** Operations whose UNAUTHENTICATED is their answer: nobody need sign in for them. */
const ENTRANCE_OPERATIONS = new Set(['SignIn', 'SetUp', 'SignOut', 'StartOidcSignIn'])

const reconnected = new Set<() => void>()

const connection = {
  url: () => `${location.origin.replace(/^http/, 'ws')}${PATH}`,
  // Browsers can set no header of a socket.
  connectionParams: () => ({ language: currentLanguage() }),
}
let sockets: SocketLinks | undefined

/** Fetches what subscriptions need, ahead of the first one. */
export async function loadSockets(): Promise<SocketLinks> {
  const { createSocketLinks } = await import('./socket-links.js')
  sockets ??= createSocketLinks(connection, tellReconnected)
  return sockets
}

function tellReconnected(): void {
  for (const listener of reconnected) listener()
}

watch(currentLanguage, () => sockets?.terminate())

/** Calls back whenever the socket or the session is there again after it was lost; answers how to stop. */
export function onReconnected(listener: () => void): () => void {
  reconnected.add(listener)
  return () => reconnected.delete(listener)
}

/** Answers, once it is known, whether the session is back; undefined where nothing waits for it. */
type SessionLostListener = () => Promise<boolean> | undefined
let tellSessionLost: SessionLostListener = () => undefined

/** Says who hears that the API no longer knows this session. */
export function onSessionLost(listener: SessionLostListener): void {
  tellSessionLost = listener
}

const language = setContext((_operation, { headers }: { headers?: Record<string, string> }) => ({
  headers: { ...headers, 'accept-language': currentLanguage() },
}))

/** What was refused because the session had ended is asked once more when the session is back. */
const sessionGuard = onError((refusal) => {
  const { operation, forward } = refusal
  const isLost = errorsOf(refusal).some((e) => e.extensions?.['code'] === ErrorCode.UNAUTHENTICATED)
  if (!isLost || ENTRANCE_OPERATIONS.has(operation.operationName)) return
  const comingBack = tellSessionLost()
  if (comingBack === undefined) return
  return fromPromise(comingBack).flatMap((isBack) =>
    isBack ? forward(operation) : asRefused(refusal),
  )
})

/** The socket's refusals come as an ApolloError, where those over HTTP are plain errors. */
function errorsOf({ graphQLErrors, networkError }: ErrorResponse) {
  if (graphQLErrors !== undefined) return graphQLErrors
  return networkError instanceof ApolloError ? networkError.graphQLErrors : []
}

function asRefused({ response, networkError }: ErrorResponse) {
  return new Observable<NonNullable<typeof response>>((observer) => {
    if (response === undefined) return observer.error(networkError)
    observer.next(response)
    observer.complete()
  })
}

const http = new HttpLink({ uri: PATH, credentials: 'same-origin' })

const transport = split(
  ({ query }) => {
    const definition = getMainDefinition(query)
    return (
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === OperationTypeNode.SUBSCRIPTION
    )
  },
  createLaterLink(
    () => sockets?.link,
    async () => (await loadSockets()).link,
  ),
  http,
)

export const apolloClient = new ApolloClient({
  link: language.concat(sessionGuard).concat(transport),
  cache: new InMemoryCache({
    typePolicies: {
      // Parts of a mail server without an id of their own: lists read less of them than forms do.
      OutgoingSettings: { merge: true },
      IncomingSettings: { merge: true },
    },
  }),
  defaultOptions: { mutate: { errorPolicy: 'none' } },
})

/** For the same person's next session: opens the socket with the new cookie, and keeps what was seen. */
export function resumeSession(): void {
  sockets?.terminate()
  tellReconnected()
}

/** For a change of session: forgets what the one before saw, and opens the socket with the new cookie. */
export async function forgetSession(): Promise<void> {
  sockets?.terminate()
  await apolloClient.clearStore()
}
