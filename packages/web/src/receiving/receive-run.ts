import { apolloClient } from '../apollo.js'
import {
  ReceiveMailDocument,
  ReceiveProgressDocument,
  type RunFactsFragment,
} from '../generated/graphql.js'

/** Starts receiving, or answers the receiving that is under way. */
export async function startReceiving(accountId: string): Promise<RunFactsFragment> {
  const { data } = await apolloClient.mutate({
    mutation: ReceiveMailDocument,
    variables: { accountId },
    fetchPolicy: 'no-cache',
  })
  if (!data) throw new Error('receiveMail answered nothing')
  return data.receiveMail
}

interface Follower {
  readonly next: (run: RunFactsFragment) => void
  /** No more is told: it is over, has gone with its account, or cannot be followed. */
  readonly over: () => void
}

/** Tells of a receiving until it is over; answers how to stop. A lost socket is opened again. */
export function followRun(runId: string, { next, over }: Follower): () => void {
  const subscription = apolloClient
    .subscribe({
      query: ReceiveProgressDocument,
      variables: { runId },
      fetchPolicy: 'no-cache',
    })
    .subscribe({
      next: ({ data }) => {
        if (data) next(data.receiveProgress)
      },
      complete: over,
      error: over,
    })
  return () => subscription.unsubscribe()
}
