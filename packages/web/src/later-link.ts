import { ApolloLink, fromPromise } from '@apollo/client/core'
import { SocketLost } from './socket-lost.js'

/** A link whose code comes when it is first asked; where it cannot be had, the operation fails with SocketLost. */
export function createLaterLink(
  loaded: () => ApolloLink | undefined,
  load: () => Promise<ApolloLink>,
): ApolloLink {
  return new ApolloLink((operation) => {
    const link = loaded()
    if (link !== undefined) return link.request(operation)
    const coming = load().catch(() => {
      throw new SocketLost()
    })
    return fromPromise(coming).flatMap((one) => {
      const answers = one.request(operation)
      if (answers === null) throw new SocketLost()
      return answers
    })
  })
}
