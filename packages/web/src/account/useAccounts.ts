import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import { MailAccountsPageDocument, type MailAccountRowFragment } from '../generated/graphql.js'
import type { AccountFilters } from './account-filters.js'

export const ACCOUNTS_PER_PAGE = 100
/** Pages that were seen are there at once on "back", where they are read again. */
const KEPT_PAGES = 20

export interface AccountsPage {
  readonly accounts: readonly MailAccountRowFragment[]
  readonly totalCount: number
  readonly attentionCount: number
  /** `after` of the next page; empty on the last. */
  readonly next: string
}

const kept = new Map<string, AccountsPage>()

apolloClient.onClearStore(() => {
  kept.clear()
  return Promise.resolve()
})

/** One page of accounts: those that need attention first, then by code. */
export async function fetchAccounts(
  { search, serverId, personId, needsAttention, after }: AccountFilters,
  first = ACCOUNTS_PER_PAGE,
): Promise<AccountsPage> {
  const { data } = await apolloClient.query({
    query: MailAccountsPageDocument,
    variables: {
      first,
      after: after || null,
      search: search.trim() || null,
      mailServerId: serverId || null,
      userId: personId || null,
      needsAttention: needsAttention || null,
    },
    fetchPolicy: 'no-cache',
  })
  const { edges, pageInfo, totalCount } = data.mailAccountsPage
  return {
    accounts: edges.map(({ node }) => node),
    totalCount,
    attentionCount: data.needingAttention.totalCount,
    next: (pageInfo.hasNextPage && pageInfo.endCursor) || '',
  }
}

/** The page that the filters ask for; the one before stays in sight until it is there. */
export function useAccounts(filters: () => AccountFilters) {
  const page = shallowRef<AccountsPage>()
  const error = shallowRef<unknown>()
  const isLoading = ref(false)
  let asked = 0

  async function load(): Promise<void> {
    const turn = ++asked
    const wanted = filters()
    const key = JSON.stringify(wanted)
    page.value = kept.get(key) ?? page.value
    isLoading.value = true
    try {
      const found = await fetchAccounts(wanted)
      keep(key, found)
      if (turn !== asked) return
      page.value = found
      error.value = undefined
    } catch (failure) {
      // Rows of another search would be taken for what was asked for.
      if (turn === asked) [page.value, error.value] = [kept.get(key), failure]
    } finally {
      if (turn === asked) isLoading.value = false
    }
  }
  watch(() => JSON.stringify(filters()), load, { immediate: true })
  onScopeDispose(onReconnected(() => void load()))
  return { page, error, isLoading, reload: load }
}

function keep(key: string, page: AccountsPage): void {
  kept.delete(key)
  kept.set(key, page)
  const [oldest] = kept.keys()
  if (kept.size > KEPT_PAGES && oldest !== undefined) kept.delete(oldest)
}
