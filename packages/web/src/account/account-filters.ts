import type { LocationQuery, LocationQueryRaw } from 'vue-router'

/** Which accounts the list shows, as its address says. */
export interface AccountFilters {
  readonly search: string
  readonly serverId: string
  readonly personId: string
  readonly needsAttention: boolean
  /** Where the page before ended; empty on the first one. */
  readonly after: string
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export function filtersOf(query: LocationQuery): AccountFilters {
  return {
    search: textOf(query['q']),
    serverId: textOf(query['server']),
    personId: textOf(query['person']),
    needsAttention: query['attention'] === '1',
    after: textOf(query['after']),
  }
}

/** The address of a list; what is not filtered by is not in it. */
export function queryOf(filters: AccountFilters): LocationQueryRaw {
  const parts: Record<string, string> = {
    q: filters.search,
    server: filters.serverId,
    person: filters.personId,
    attention: filters.needsAttention ? '1' : '',
    after: filters.after,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''))
}

export function isFiltered({ search, serverId, personId, needsAttention }: AccountFilters) {
  return search.trim() !== '' || serverId !== '' || personId !== '' || needsAttention
}
