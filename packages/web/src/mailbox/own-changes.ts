import type { Ref, ShallowRef } from 'vue'
import { merged, type Rows } from './message-pages.js'

interface ShownList {
  readonly rows: ShallowRef<Rows | undefined>
  readonly total: Ref<number>
  /** The same for as long as the list is of the same messages. */
  readonly key: () => string
}
/** Puts some of them back as they were. */
type PutBack = (ids: readonly string[]) => void

/**
 * What is marked or deleted here, shown at once. An answer from before, which says otherwise, is not
 * shown.
 */
export function ownChanges({ rows, total, key }: ShownList) {
  const marked = new Map<string, boolean>()
  const removed = new Set<string>()

  /** The rows of an answer as they are after it. */
  const appliedTo = (found: Rows): Rows =>
    found
      .filter(({ id }) => !removed.has(id))
      .map((row) => ({ ...row, read: marked.get(row.id) ?? row.read }))
  const showMarks = () => (rows.value = rows.value && appliedTo(rows.value))

  function markHere(ids: readonly string[], read: boolean): PutBack {
    const before = new Map(rows.value?.map((row) => [row.id, row.read]))
    for (const id of ids) marked.set(id, read)
    showMarks()
    return (back) => {
      for (const id of back) marked.set(id, before.get(id) ?? !read)
      showMarks()
    }
  }

  function removeHere(ids: readonly string[]): PutBack {
    const set = new Set(ids)
    const gone = (rows.value ?? []).filter(({ id }) => set.has(id))
    const keyBefore = key()
    for (const id of ids) removed.add(id)
    rows.value = rows.value?.filter(({ id }) => !set.has(id))
    total.value -= gone.length
    return (back) => {
      for (const id of back) removed.delete(id)
      if (key() !== keyBefore) return
      const wanted = new Set(back)
      const some = gone.filter(({ id }) => wanted.has(id))
      rows.value = merged(rows.value ?? [], some)
      total.value += some.length
    }
  }

  function forget(): void {
    marked.clear()
    removed.clear()
  }
  return { appliedTo, isMarked: (id: string) => marked.has(id), markHere, removeHere, forget }
}
