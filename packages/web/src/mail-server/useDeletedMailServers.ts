import { useDebounceFn } from '@vueuse/core'
import { computed, shallowRef, watch, type Ref } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  DeletedMailServerCountDocument,
  DeletedMailServersDocument,
  type MailServerRowFragment,
} from '../generated/graphql.js'
import { deletedOf } from './deleted-mail-servers.js'

/** Several changes in a row are one for whoever looks at what was deleted. */
const CHANGES_PAUSE_MS = 250

type LiveServers = Readonly<Ref<readonly MailServerRowFragment[]>>

/** What `ask` answers now and after each change of the list; an older answer never replaces a newer. */
function useAnswer<T>(servers: LiveServers, ask: () => Promise<T>) {
  const answer = shallowRef<T>()
  const failure = shallowRef<unknown>()
  let asked = 0

  async function load(): Promise<void> {
    const turn = ++asked
    try {
      const found = await ask()
      if (turn !== asked) return
      answer.value = found
      failure.value = undefined
    } catch (error) {
      if (turn === asked) failure.value = error
    }
  }
  watch(servers, useDebounceFn(load, CHANGES_PAUSE_MS))
  void load()
  return { answer, failure, load }
}

/** The deleted servers, the last deleted first. */
export function useDeletedMailServers(servers: LiveServers) {
  const { answer, failure, load } = useAnswer(servers, async () => {
    const { data } = await apolloClient.query({
      query: DeletedMailServersDocument,
      fetchPolicy: 'no-cache',
    })
    return deletedOf(data.mailServers)
  })
  return {
    deleted: computed(() => answer.value ?? []),
    isLoaded: computed(() => answer.value !== undefined),
    error: computed(() => (answer.value === undefined ? failure.value : undefined)),
    reload: load,
  }
}

/** How many servers are deleted; 0 until it is known. */
export function useDeletedCount(servers: LiveServers) {
  const { answer } = useAnswer(servers, async () => {
    const { data } = await apolloClient.query({
      query: DeletedMailServerCountDocument,
      fetchPolicy: 'no-cache',
    })
    return data.deletedMailServerCount
  })
  return computed(() => answer.value ?? 0)
}
