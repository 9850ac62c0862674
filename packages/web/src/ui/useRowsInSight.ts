import { useVirtualizer } from '@tanstack/vue-virtual'
import { computed, onMounted, ref, type Ref, type StyleValue } from 'vue'

/** Up to this many rows the whole list is there, for the browser's own search and for screen readers. */
export const WHOLE_LIST_MAX = 150
const ROWS_BEYOND_SIGHT = 12

interface Options<T> {
  readonly items: () => readonly T[]
  readonly keyOf: (item: T) => string
  /** A first guess; rows are measured as they appear. */
  readonly rowPx: () => number
  /** The element that holds the rows. */
  readonly body: Readonly<Ref<HTMLElement | null>>
  /** What scrolls them. @default the frame's main part */
  readonly scrolls?: Readonly<Ref<HTMLElement | null>>
}

/** Of a long list only the rows in sight of what scrolls it; the space of the others is kept. */
export function useRowsInSight<T>({ items, keyOf, rowPx, body, scrolls }: Options<T>) {
  const scroller = ref<HTMLElement | null>(null)
  const offset = ref(0)
  onMounted(() => {
    scroller.value = scrolls === undefined ? document.getElementById('main') : scrolls.value
    if (scroller.value === null || body.value === null) return
    const top = body.value.getBoundingClientRect().top - scroller.value.getBoundingClientRect().top
    offset.value = top + scroller.value.scrollTop
  })

  const isLong = computed(() => items().length > WHOLE_LIST_MAX)
  const virtualizer = useVirtualizer(
    computed(() => ({
      count: items().length,
      enabled: isLong.value,
      getScrollElement: () => scroller.value,
      estimateSize: rowPx,
      scrollMargin: offset.value,
      overscan: ROWS_BEYOND_SIGHT,
      getItemKey: (index: number) => {
        const item = items()[index]
        return item === undefined ? index : keyOf(item)
      },
    })),
  )
  const inSight = computed(() => virtualizer.value.getVirtualItems())
  const rows = computed(() =>
    isLong.value
      ? inSight.value.flatMap(({ index }) => {
          const item = items()[index]
          return item === undefined ? [] : [{ item, index }]
        })
      : items().map((item, index) => ({ item, index })),
  )
  const padding = computed<StyleValue>(() => {
    const first = inSight.value[0]
    const last = inSight.value.at(-1)
    if (!isLong.value || first === undefined || last === undefined) return {}
    const end = virtualizer.value.getTotalSize() + offset.value
    return {
      // The browser's own correction, when rows above change, would fight with the scrolling here.
      overflowAnchor: 'none',
      paddingTop: `${first.start - offset.value}px`,
      paddingBottom: `${Math.max(0, end - last.end)}px`,
    }
  })

  /** For a row's ref: a component's own element, or an element. */
  function measure(row: unknown): void {
    const element = typeof row === 'object' && row !== null && '$el' in row ? row.$el : row
    if (isLong.value && element instanceof HTMLElement) virtualizer.value.measureElement(element)
  }
  function showRow(index: number): void {
    if (isLong.value) virtualizer.value.scrollToIndex(index, { align: 'auto' })
  }

  return { rows, padding, isLong, measure, showRow }
}
