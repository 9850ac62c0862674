import { useQuery, useSubscription } from '@vue/apollo-composable'
import { computed } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  DeleteAllMailServersDocument,
  DeleteMailServerDocument,
  MailServersChangedDocument,
  MailServersDocument,
  ReorderMailServersDocument,
  RestoreMailServersDocument,
  type MailServerRowFragment,
} from '../generated/graphql.js'

const NONE: readonly MailServerRowFragment[] = []

/** The list in display order, kept up to date while a page shows it. */
export function useMailServers() {
  const { result, error, refetch } = useQuery(MailServersDocument, null, {
    fetchPolicy: 'cache-and-network',
  })
  const { onResult } = useSubscription(MailServersChangedDocument)
  onResult(({ data }) => {
    if (data) writeList(data.mailServersChanged)
  })
  return {
    servers: computed(() => result.value?.mailServers ?? NONE),
    isLoaded: computed(() => result.value !== undefined),
    /** Only while there is nothing to show: a list that is there stays in sight. */
    error: computed(() => (result.value === undefined ? error.value : null)),
    reload: () => void refetch()?.catch(() => undefined),
  }
}

function writeList(mailServers: readonly MailServerRowFragment[]): void {
  apolloClient.writeQuery({
    query: MailServersDocument,
    data: { mailServers: [...mailServers] },
  })
}

/** The list as the API has it now. */
export async function fetchMailServers(): Promise<readonly MailServerRowFragment[]> {
  const { data } = await apolloClient.query({
    query: MailServersDocument,
    fetchPolicy: 'network-only',
  })
  return data.mailServers
}

/** Deletes one; its row is gone at once and comes back if the API refuses. */
export async function deleteMailServer(server: { id: string; version: number }): Promise<void> {
  await apolloClient.mutate({
    mutation: DeleteMailServerDocument,
    variables: { id: server.id },
    optimisticResponse: {
      deleteMailServer: {
        id: server.id,
        version: server.version + 1,
        deletedAt: new Date().toISOString(),
      },
    },
    update: (cache) =>
      void cache.updateQuery({ query: MailServersDocument }, (list) =>
        list === null
          ? null
          : {
              mailServers: list.mailServers
                .filter(({ id }) => id !== server.id)
                .map((each, index) => ({ ...each, position: index + 1 })),
            },
      ),
  })
}

/** Deletes all, if there are still as many as was confirmed. */
export async function deleteAllMailServers(expectedCount: number): Promise<number> {
  const { data } = await apolloClient.mutate({
    mutation: DeleteAllMailServersDocument,
    variables: { expectedCount },
  })
  writeList(await fetchMailServers())
  return data?.deleteAllMailServers ?? 0
}

export async function restoreMailServers(ids: readonly string[]): Promise<void> {
  await apolloClient.mutate({
    mutation: RestoreMailServersDocument,
    variables: { ids: [...ids] },
  })
  await fetchMailServers()
}

export async function reorderMailServers(ids: readonly string[]): Promise<void> {
  const { data } = await apolloClient.mutate({
    mutation: ReorderMailServersDocument,
    variables: { ids: [...ids] },
  })
  if (data) writeList(data.reorderMailServers)
}
