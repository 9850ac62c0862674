import { useQuery } from '@vue/apollo-composable'
import { computed } from 'vue'
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
  const { result, error, refetch } = useQuery(MailServerDocument, () => ({ id: id() }), {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  })
  return {
    server: computed(() => result.value?.mailServer ?? null),
    isLoaded: computed(() => result.value !== undefined),
    error: computed(() => (result.value === undefined ? error.value : null)),
    reload: () => void refetch()?.catch(() => undefined),
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
