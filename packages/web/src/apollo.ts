import { ApolloClient, ApolloError, HttpLink, InMemoryCache, split } from '@apollo/client/core'
import { setContext } from '@apollo/client/link/context'
import { onError } from '@apollo/client/link/error'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { getMainDefinition } from '@apollo/client/utilities'
import { ErrorCode } from '@mailroom/shared'
import { Kind, OperationTypeNode } from 'graphql'
import { createClient } from 'graphql-ws'
import { watch } from 'vue'
import { currentLanguage } from './i18n/i18n.js'
import { createUnrepeatableLink } from './unrepeatable-link.js'

const PATH = '/graphql'
/** Operations whose UNAUTHENTICATED is an answer to what was typed, not the end of a session. */
const SIGN_IN_OPERATIONS = new Set(['SignIn', 'SetUp'])

const reconnected = new Set<() => void>()

const connection = {
  url: () => `${location.origin.replace(/^http/, 'ws')}${PATH}`,
  // Browsers can set no header of a socket.
  connectionParams: () => ({ language: currentLanguage() }),
}
const socket = createClient({
  ...connection,
  lazy: true,
  retryAttempts: Infinity,
  shouldRetry: () => true,
  on: {
    connected: (_socket, _payload, wasRetry) => {
      if (wasRetry) for (const listener of reconnected) listener()
    },
  },
})

watch(currentLanguage, () => socket.terminate())

/** Calls back whenever the socket is there again after it was lost; answers how to stop. */
export function onReconnected(listener: () => void): () => void {
  reconnected.add(listener)
  return () => reconnected.delete(listener)
}

let tellSessionLost: () => void = () => {}

/** Says who hears that the API no longer knows this session. */
export function onSessionLost(listener: () => void): void {
  tellSessionLost = listener
}

const language = setContext((_operation, { headers }: { headers?: Record<string, string> }) => ({
  headers: { ...headers, 'accept-language': currentLanguage() },
}))

const sessionGuard = onError(({ graphQLErrors = [], networkError, operation }) => {
  // What a socket answers in place of any result comes as if the network had failed.
  const refusals = networkError instanceof ApolloError ? networkError.graphQLErrors : []
  const isLost = [...graphQLErrors, ...refusals].some(
    (e) => e.extensions?.['code'] === ErrorCode.UNAUTHENTICATED,
  )
  if (isLost && !SIGN_IN_OPERATIONS.has(operation.operationName)) tellSessionLost()
})

const http = new HttpLink({ uri: PATH, credentials: 'same-origin' })

const transport = split(
  ({ query }) => {
    const definition = getMainDefinition(query)
    return (
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === OperationTypeNode.SUBSCRIPTION
    )
  },
  split(
    ({ getContext }) => getContext()['isUnrepeatable'] === true,
    createUnrepeatableLink(connection),
    new GraphQLWsLink(socket),
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

/** For a change of session: forgets what the one before saw, and opens the socket with the new cookie. */
export async function forgetSession(): Promise<void> {
  socket.terminate()
  await apolloClient.clearStore()
}
