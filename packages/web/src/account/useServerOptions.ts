import { shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  ServerOfAccountsDocument,
  ServerOptionsDocument,
  type ServerOfAccountsQuery,
  type ServerOptionFragment,
} from '../generated/graphql.js'

export type ChosenServer = NonNullable<ServerOfAccountsQuery['mailServer']>

// Not in Apollo's cache, which takes seconds to take 10,000 servers apart and together.
const options = shallowRef<readonly ServerOptionFragment[]>()

apolloClient.onClearStore(() => {
  options.value = undefined
  return Promise.resolve()
})

/** The dropdown as it is now, in display order. */
export async function fetchServerOptions(): Promise<readonly ServerOptionFragment[]> {
  const { data } = await apolloClient.query({
    query: ServerOptionsDocument,
    fetchPolicy: 'no-cache',
  })
  options.value = data.mailServerOptions
  return data.mailServerOptions
}

/** The servers to choose from; those of before until the newest are there. */
export function useServerOptions() {
  const failure = shallowRef<unknown>()
  function load(): void {
    failure.value = undefined
    fetchServerOptions().catch((error: unknown) => (failure.value = error))
  }
  load()
  return { options, failure, load }
}

/** What a server is called, a deleted one too; null where there is none. Administrators. */
export async function fetchServer(id: string): Promise<ChosenServer | null> {
  const { data } = await apolloClient.query({
    query: ServerOfAccountsDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  return data.mailServer
}
