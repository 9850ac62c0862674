import { ApolloLink, Observable } from '@apollo/client/core'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { createClient, MessageType, type ClientOptions } from 'graphql-ws'
import { SocketLost } from './socket-lost.js'

/** A network that swallows everything is found out within the sum of both. */
const PING_MS = 10_000
const PONG_MS = 5_000
const CONNECT_MS = 15_000

/**
 * For subscriptions that do something, such as signing in to a mail server: each has a socket of its
 * own, and none is ever sent a second time. A socket that is lost fails the operation with SocketLost.
 */
export function createUnrepeatableLink(
  options: Pick<ClientOptions, 'url' | 'connectionParams' | 'webSocketImpl'>,
): ApolloLink {
  return new ApolloLink(
    (operation) =>
      new Observable((observer) => {
        let isOver = false
        let isAnswered = false
        const end = (how: () => void) => {
          if (isOver) return
          isOver = true
          how()
        }
        const client = createClient({
          ...options,
          retryAttempts: 0,
          keepAlive: PING_MS,
          on: {
            connected: () => clearTimeout(patience),
            ping: (isFromServer) => {
              if (!isFromServer) patience = setTimeout(giveUp, PONG_MS)
            },
            pong: (isFromServer) => {
              if (isFromServer) clearTimeout(patience)
            },
            // Its last word; the client then closes the socket itself.
            message: ({ type }) => {
              if (type === MessageType.Complete || type === MessageType.Error) isAnswered = true
            },
            // Before the client would decide for itself whether to connect again.
            closed: () => {
              if (!isAnswered) end(() => observer.error(new SocketLost()))
            },
          },
        })
        const giveUp = () => client.terminate()
        let patience = setTimeout(giveUp, CONNECT_MS)
        const subscription = new GraphQLWsLink(client).request(operation).subscribe({
          next: (result) => !isOver && observer.next(result),
          complete: () => end(() => observer.complete()),
          error: (error) => end(() => observer.error(error)),
        })
        return () => {
          isOver = true
          clearTimeout(patience)
          subscription.unsubscribe()
          void client.dispose()
        }
      }),
  )
}
