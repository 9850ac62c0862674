import { computed, shallowRef, watch } from 'vue'
import { apolloClient } from '../apollo.js'
import { AuditEventsDocument, type AuditEventItemFragment } from '../generated/graphql.js'
import { toVariables, type AuditFilters } from './audit-filters.js'

/** A rare text may need several pages of searching before anything is found; then somebody decides. */
const EMPTY_PAGES_MAX = 10

/** The events that the filters leave, newest first, a page at a time. */
export function useAuditEvents(filters: () => AuditFilters, pageSize: number) {
  const events = shallowRef<readonly AuditEventItemFragment[]>([])
  const isLoaded = shallowRef(false)
  const isBusy = shallowRef(false)
  const error = shallowRef<unknown>()
  /** Where the next page begins; null where there is none. */
  const next = shallowRef<string | null>(null)
  /** Grows with each new question: an answer to an older one is not shown. */
  let asked = 0

  async function load(after: string | null): Promise<void> {
    const question = ++asked
    isBusy.value = true
    try {
      const page = await fetchPage(filters(), pageSize, after, () => question === asked)
      if (question !== asked) return
      events.value = after === null ? page.events : [...events.value, ...page.events]
      next.value = page.next
      error.value = undefined
      isLoaded.value = true
    } catch (failure) {
      if (question === asked) error.value = failure
    } finally {
      if (question === asked) isBusy.value = false
    }
  }

  watch(
    () => JSON.stringify(filters()),
    () => void load(null),
    { immediate: true },
  )
  return {
    events: computed(() => events.value),
    isLoaded: computed(() => isLoaded.value),
    isBusy: computed(() => isBusy.value),
    error: computed(() => error.value),
    hasMore: computed(() => next.value !== null),
    more: () => load(next.value),
    reload: () => load(null),
  }
}

async function fetchPage(
  filters: AuditFilters,
  first: number,
  after: string | null,
  isWanted: () => boolean,
) {
  for (let cursor = after, empty = 0; ; empty += 1) {
    const { data } = await apolloClient.query({
      query: AuditEventsDocument,
      variables: { ...toVariables(filters), first, after: cursor },
      fetchPolicy: 'no-cache',
    })
    const { edges, pageInfo } = data.auditEvents
    const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null
    const isEnough = edges.length > 0 || empty + 1 >= EMPTY_PAGES_MAX || !isWanted()
    if (isEnough || next === null) return { events: edges.map(({ node }) => node), next }
    cursor = next
  }
}
