import { computed, shallowRef } from 'vue'

/** A list that is read whole: what was seen before is shown while it is read anew. */
export function remoteList<Item>(fetchAll: () => Promise<readonly Item[]>) {
  const list = shallowRef<readonly Item[]>()
  const failure = shallowRef<unknown>()

  let latest = 0

  async function read(): Promise<void> {
    const turn = ++latest
    const items = await fetchAll()
    // One that was asked for later knows more.
    if (turn !== latest) return
    list.value = items
    failure.value = undefined
  }
  /** Never rejects: a failure is said where there is nothing to show. */
  function reload(): void {
    read().catch((error: unknown) => (failure.value = error))
  }
  return {
    list,
    items: computed(() => list.value ?? []),
    isLoaded: computed(() => list.value !== undefined),
    error: computed(() => (list.value === undefined ? failure.value : undefined)),
    read,
    reload,
  }
}
