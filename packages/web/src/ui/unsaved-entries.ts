import { onScopeDispose, type Ref } from 'vue'

interface Entries {
  readonly isDirty: Readonly<Ref<boolean>>
  isGivenUp: boolean
}

const pages = new Set<Entries>()
const isUnsaved = (entries: Entries) => entries.isDirty.value && !entries.isGivenUp

/** Whether a page holds something typed that is saved nowhere. */
export function hasUnsavedEntries(): boolean {
  return [...pages].some(isUnsaved)
}

/** Lets the pages that are open be left without asking: their person has decided. */
export function giveUpEntries(): void {
  for (const entries of pages) entries.isGivenUp = true
}

/** Makes a page's entries known for as long as it is open; answers whether they would be lost now. */
export function useUnsavedEntries(isDirty: Readonly<Ref<boolean>>): () => boolean {
  const entries: Entries = { isDirty, isGivenUp: false }
  pages.add(entries)
  onScopeDispose(() => pages.delete(entries))
  return () => isUnsaved(entries)
}
