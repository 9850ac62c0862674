import { markRaw, shallowRef, type Component, type ShallowRef } from 'vue'

interface Later<C extends Component> {
  /** Undefined until it is there. */
  readonly part: Readonly<ShallowRef<C | undefined>>
  /** Whether it could not be had; asking again tries again. */
  readonly hasFailed: Readonly<ShallowRef<boolean>>
  /** Never rejects: what failed is said by `hasFailed`. */
  readonly load: () => Promise<void>
}

/**
 * A part of a page that is not there at first sight. The page loads it as soon as it is drawn, so
 * that nobody waits for it later, nor misses it after an update of the product.
 */
export function later<C extends Component>(fetchPart: () => Promise<{ default: C }>): Later<C> {
  const part = shallowRef<C>()
  const hasFailed = shallowRef(false)

  async function load(): Promise<void> {
    hasFailed.value = false
    try {
      part.value ??= markRaw((await fetchPart()).default)
    } catch {
      hasFailed.value = true
    }
  }
  return { part, hasFailed, load }
}
