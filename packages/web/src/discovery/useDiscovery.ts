import { onScopeDispose, ref, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  FindMailServerSettingsDocument,
  type FindMailServerSettingsQuery,
} from '../generated/graphql.js'
import { readProblem, type RequestProblem } from '../ui/error-message.js'

export type Discovery = FindMailServerSettingsQuery['findMailServerSettings']
export type Candidate = Discovery['candidates'][number]
type DiscoveryState = 'idle' | 'running' | 'done' | 'failed'

/** Asks for settings by an e-mail address; a later question replaces an earlier one. */
export function useDiscovery() {
  const state = ref<DiscoveryState>('idle')
  const discovery = shallowRef<Discovery>()
  const problem = shallowRef<RequestProblem>()
  let running = new AbortController()

  async function find(email: string): Promise<void> {
    running.abort()
    const controller = new AbortController()
    running = controller
    state.value = 'running'
    try {
      const { data } = await apolloClient.query({
        query: FindMailServerSettingsDocument,
        variables: { email },
        fetchPolicy: 'no-cache',
        context: { fetchOptions: { signal: controller.signal } },
      })
      if (controller.signal.aborted) return
      discovery.value = data.findMailServerSettings
      state.value = 'done'
    } catch (error) {
      if (controller.signal.aborted) return
      problem.value = readProblem(error)
      state.value = 'failed'
    }
  }

  function cancel(): void {
    running.abort()
    state.value = 'idle'
  }

  onScopeDispose(() => running.abort())
  return { state, discovery, problem, find, cancel }
}
