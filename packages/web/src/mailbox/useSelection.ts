import { ref } from 'vue'

/** Messages chosen from a list, to do something with all of them. */
export function useSelection(order: () => readonly string[]) {
  const selected = ref<ReadonlySet<string>>(new Set())
  let lastId = ''

  /** @param isRange everything from the one chosen last to this one */
  function toggle(id: string, isRange: boolean): void {
    const ids = order()
    const [from, to] = [ids.indexOf(lastId), ids.indexOf(id)].sort((a, b) => a - b)
    const range =
      isRange && from !== undefined && to !== undefined && from >= 0
        ? ids.slice(from, to + 1)
        : [id]
    const next = new Set(selected.value)
    const isAdding = !next.has(id)
    for (const each of range) {
      if (isAdding) next.add(each)
      else next.delete(each)
    }
    selected.value = next
    lastId = id
  }
  const clear = () => (selected.value = new Set())
  const selectAll = () => (selected.value = new Set(order()))
  return { selected, toggle, clear, selectAll }
}
