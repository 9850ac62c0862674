import { nextTick, onScopeDispose, type Ref } from 'vue'
import { useRouter } from 'vue-router'

/** How long a page may take to grow tall enough for the place it was left at. */
const GROWING_FRAMES = 30

/** Brings the page back to where it was on "back", since the page scrolls inside the frame and not the window. */
export function useScrollMemory(area: Readonly<Ref<HTMLElement | null>>): void {
  const router = useRouter()
  const places = new Map<unknown, number>()
  let leaving = placeInHistory()

  const stopBefore = router.beforeEach(() => {
    if (area.value !== null) places.set(leaving, area.value.scrollTop)
  })
  const stopAfter = router.afterEach((to, from) => {
    const arriving = placeInHistory()
    const isSamePage = to.path === from.path
    leaving = arriving
    if (!isSamePage) void nextTick(() => restore(places.get(arriving) ?? 0, GROWING_FRAMES))
  })
  onScopeDispose(() => {
    stopBefore()
    stopAfter()
  })

  function restore(top: number, framesLeft: number): void {
    if (area.value === null) return
    area.value.scrollTop = top
    if (area.value.scrollTop < top - 1 && framesLeft > 0) {
      requestAnimationFrame(() => restore(top, framesLeft - 1))
    }
  }
}

/** The router's number of the entry that the browser stands on. */
function placeInHistory(): unknown {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'position' in state
    ? state.position
    : undefined
}
