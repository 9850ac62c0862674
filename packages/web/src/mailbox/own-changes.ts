import type { Rows } from './message-pages.js'

/** What was marked or deleted here a moment ago: an answer from before, which says otherwise, is not shown. */
export function ownChanges() {
  const marked = new Map<string, boolean>()
  const removed = new Set<string>()
  return {
    marked,
    removed,
    /** The rows of an answer as they are after it. */
    appliedTo: (rows: Rows): Rows =>
      rows
        .filter(({ id }) => !removed.has(id))
        .map((row) => ({ ...row, read: marked.get(row.id) ?? row.read })),
    forget: () => {
      marked.clear()
      removed.clear()
    },
  }
}
