import type { ComposeDraft } from './compose-draft.js'

/** What was typed and is not on the server yet, for when the page is loaded again. */
interface Mirrored {
  readonly draft: ComposeDraft
  readonly id: string | null
  readonly version: number | null
}

const PREFIX = 'mailroom.compose.'

/**
 * Keeps what is being written in this tab, gone with it: on a shared computer nobody finds it later.
 *
 * @param place whose it is, and what is written there
 */
export function draftMirror(place: readonly string[]) {
  let key = PREFIX + place.join('.')
  const forget = (): void => {
    try {
      sessionStorage.removeItem(key)
    } catch {
      // Nothing was kept there either.
    }
  }
  return {
    /** From now on it is kept under another name. */
    moveTo: (other: readonly string[]): void => {
      forget()
      key = PREFIX + other.join('.')
    },
    read: (): Mirrored | undefined => {
      try {
        const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
        return isMirrored(value) ? value : undefined
      } catch {
        return undefined
      }
    },
    write: (mirrored: Mirrored): void => {
      try {
        sessionStorage.setItem(key, JSON.stringify(mirrored))
      } catch {
        // Storage can be full or forbidden: the server's copy is the one that counts.
      }
    },
    forget,
  }
}
export type DraftMirror = ReturnType<typeof draftMirror>

/** Written by this product alone; another version of it may have had another shape. */
function isMirrored(value: unknown): value is Mirrored {
  if (typeof value !== 'object' || value === null || !('draft' in value)) return false
  const { draft } = value
  return (
    typeof draft === 'object' &&
    draft !== null &&
    'text' in draft &&
    typeof draft.text === 'string' &&
    ['to', 'cc', 'bcc', 'files'].every((name) => Array.isArray(Reflect.get(draft, name)))
  )
}
