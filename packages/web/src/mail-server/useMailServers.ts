import { computed, onScopeDispose, shallowRef } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import {
  DeleteAllMailServersDocument,
  DeleteMailServerDocument,
  MailServersChangedDocument,
  MailServersDocument,
  ReorderMailServersDocument,
  RestoreMailServersDocument,
  type MailServerRowFragment,
} from '../generated/graphql.js'

type List = readonly MailServerRowFragment[]
const NONE: List = []

// Kept here and not in Apollo's cache, which takes seconds to take 10,000 servers apart and together.
const list = shallowRef<List>()
const failure = shallowRef<unknown>()
/** Grows with each answer: an older one that arrives late is not shown. */
let answers = 0

function show(servers: List): void {
  answers += 1
  list.value = servers
  failure.value = undefined
}

apolloClient.onClearStore(() => {
  list.value = undefined
  return Promise.resolve()
})

/** The list in display order, kept up to date while a page shows it. */
export function useMailServers() {
  const load = () => {
    fetchMailServers().catch((error: unknown) => (failure.value = error))
  }
  load()
  const follow = () =>
    apolloClient
      .subscribe({ query: MailServersChangedDocument, fetchPolicy: 'no-cache' })
      .subscribe({ next: ({ data }) => data && show(data.mailServersChanged), error: () => {} })
  let changes = follow()
  const stopListening = onReconnected(() => {
    // Refused while the session was gone, a subscription does not come back by itself.
    if (changes.closed) changes = follow()
    // Nobody tells afterwards what changed while the connection was gone.
    load()
  })
  onScopeDispose(() => {
    changes.unsubscribe()
    stopListening()
  })
  return {
    servers: computed(() => list.value ?? NONE),
    isLoaded: computed(() => list.value !== undefined),
    /** Only while there is nothing to show: a list that is there stays in sight. */
    error: computed(() => (list.value === undefined ? failure.value : undefined)),
    reload: load,
  }
}

/** The list as the API has it now. */
export async function fetchMailServers(): Promise<List> {
  const before = answers
  const { data } = await apolloClient.query({
    query: MailServersDocument,
    fetchPolicy: 'no-cache',
  })
  if (answers === before) show(data.mailServers)
  return data.mailServers
}

/** What was changed is changed, even if the list cannot be read again just now. */
async function refresh(): Promise<void> {
  await fetchMailServers().catch(() => undefined)
}

/** A server that was just added stands at the end, before the list is read again. */
export function showAdded(server: MailServerRowFragment): void {
  if (list.value === undefined || list.value.some(({ id }) => id === server.id)) return
  show([...list.value, server])
}

/** Deletes one; its row is gone at once and comes back if the API refuses. */
export async function deleteMailServer(id: string): Promise<void> {
  const before = list.value
  if (before !== undefined) {
    show(
      before
        .filter((server) => server.id !== id)
        .map((server, index) => ({ ...server, position: index + 1 })),
    )
  }
  const shown = answers
  try {
    await apolloClient.mutate({ mutation: DeleteMailServerDocument, variables: { id } })
  } catch (error) {
    if (answers === shown && before !== undefined) show(before)
    throw error
  }
}

/** Deletes all, if there are still as many as was confirmed. */
export async function deleteAllMailServers(expectedCount: number): Promise<number> {
  const { data } = await apolloClient.mutate({
    mutation: DeleteAllMailServersDocument,
    variables: { expectedCount },
  })
  await refresh()
  return data?.deleteAllMailServers ?? 0
}

export async function restoreMailServers(ids: readonly string[]): Promise<void> {
  await apolloClient.mutate({
    mutation: RestoreMailServersDocument,
    variables: { ids: [...ids] },
    fetchPolicy: 'no-cache',
  })
  await refresh()
}

export async function reorderMailServers(ids: readonly string[]): Promise<void> {
  const { data } = await apolloClient.mutate({
    mutation: ReorderMailServersDocument,
    variables: { ids: [...ids] },
    fetchPolicy: 'no-cache',
  })
  if (data) show(data.reorderMailServers)
}
