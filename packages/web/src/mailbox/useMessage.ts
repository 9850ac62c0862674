import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  HideRemoteContentDocument,
  MessageToReadDocument,
  ShowRemoteContentDocument,
  type WholeMessageFragment,
} from '../generated/mail.js'

/** The message that is open. Its remote images are shown once asked for, and forgotten with the next. */
export function useMessage(id: () => string) {
  const message = shallowRef<WholeMessageFragment | null>()
  const error = shallowRef<unknown>()
  /** Undefined: as the person decided for the sender. */
  const remote = ref<boolean>()
  let turn = 0

  async function load(): Promise<void> {
    const mine = ++turn
    const wanted = id()
    if (wanted === '') return
    try {
      const { data } = await apolloClient.query({
        query: MessageToReadDocument,
        variables: { id: wanted, remoteContent: remote.value ?? null },
        fetchPolicy: 'no-cache',
      })
      if (mine !== turn) return
      message.value = data.message
      error.value = undefined
    } catch (failure) {
      if (mine === turn) error.value = failure
    }
  }

  async function showRemote(): Promise<void> {
    remote.value = true
    await load()
  }
  /** Throws what the API refuses. */
  async function trustSender(isTrusted: boolean): Promise<void> {
    const sender = message.value?.from?.address
    if (sender === undefined) return
    const mutation = isTrusted ? ShowRemoteContentDocument : HideRemoteContentDocument
    await apolloClient.mutate({ mutation, variables: { sender } })
    remote.value = undefined
    await load()
  }

  watch(
    id,
    () => {
      message.value = undefined
      error.value = undefined
      remote.value = undefined
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => (turn += 1))
  return { message, error, remote, load, showRemote, trustSender }
}
