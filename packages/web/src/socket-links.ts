import { split, type ApolloLink } from '@apollo/client/core'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { createClient, type ClientOptions } from 'graphql-ws'
import { createUnrepeatableLink } from './unrepeatable-link.js'

export interface SocketLinks {
  readonly link: ApolloLink
  /** Closes the shared socket; it opens anew where somebody still listens. */
  readonly terminate: () => void
}

/** What subscriptions need. Loaded apart, because no page needs it to be drawn. */
export function createSocketLinks(
  connection: Pick<ClientOptions, 'url' | 'connectionParams'>,
  onReconnect: () => void,
): SocketLinks {
  const socket = createClient({
    ...connection,
    lazy: true,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    on: {
      connected: (_socket, _payload, wasRetry) => {
        if (wasRetry) onReconnect()
      },
    },
  })
  return {
    link: split(
      ({ getContext }) => getContext()['isUnrepeatable'] === true,
      createUnrepeatableLink(connection),
      new GraphQLWsLink(socket),
    ),
    terminate: () => socket.terminate(),
  }
}
