import { computed, shallowRef } from 'vue'

/** A list that is read whole: what was seen before is shown while it is read anew. */
export function remoteList<Item>(fetchAll: () => Promise<readonly Item[]>) {
  const list = shallowRef<readonly Item[]>()
  const failure = shallowRef<unknown>()

  async function read(): Promise<void> {
    list.value = await fetchAll()
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
