import { computed, ref, shallowRef, watch } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  CreateMailServerDocument,
  MailServerDocument,
  UpdateMailServerDocument,
  type MailServerDetailsFragment,
  type MailServerInput,
} from '../generated/graphql.js'
import { showAdded } from './useMailServers.js'

/** One server with all its settings; a deleted one too. */
export function useMailServer(id: () => string) {
  const found = shallowRef<MailServerDetailsFragment | null>()
  const failure = shallowRef<unknown>()
  const attempts = ref(0)
  watch(
    [id, attempts],
    (_now, _before, onCleanup) => {
      failure.value = undefined
      const seen = apolloClient
        .watchQuery({
          query: MailServerDocument,
          variables: { id: id() },
          fetchPolicy: 'cache-and-network',
          nextFetchPolicy: 'cache-first',
        })
        .subscribe({
          next: ({ data, partial }) => {
            if (partial !== true) found.value = data.mailServer
          },
          error: (error: unknown) => (failure.value = error),
        })
      onCleanup(() => seen.unsubscribe())
    },
    { immediate: true },
  )
  return {
    server: computed(() => found.value ?? null),
    isLoaded: computed(() => found.value !== undefined),
    error: computed(() => (found.value === undefined ? failure.value : undefined)),
    reload: () => void (attempts.value += 1),
  }
}

/** One server as the API has it now; null where there is none. */
export async function fetchMailServer(id: string): Promise<MailServerDetailsFragment | null> {
  const { data } = await apolloClient.query({
    query: MailServerDocument,
    variables: { id },
    fetchPolicy: 'network-only',
  })
  return data.mailServer
}

export async function createMailServer(input: MailServerInput): Promise<MailServerDetailsFragment> {
  const { data } = await apolloClient.mutate({
    mutation: CreateMailServerDocument,
    variables: { input },
  })
  if (!data) throw new Error('createMailServer answered nothing')
  showAdded(data.createMailServer)
  return data.createMailServer
}

/** Replaces all settings; a CONFLICT where somebody saved after `version`. */
export async function updateMailServer(
  id: string,
  version: number,
  input: MailServerInput,
): Promise<MailServerDetailsFragment> {
  const { data } = await apolloClient.mutate({
    mutation: UpdateMailServerDocument,
    variables: { id, version, input },
  })
  if (!data) throw new Error('updateMailServer answered nothing')
  return data.updateMailServer
}
