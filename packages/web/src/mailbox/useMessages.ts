import { MESSAGES_PAGE_MAX, MessageFolder } from '@mailroom/shared'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { apolloClient } from '../apollo.js'
import { MessagesDocument, type MessageRowFragment } from '../generated/mail.js'
import { listKeyOf, type MailPlace } from './mail-place.js'

const PAGE = 50
/** Of many changes in a row, such as while mail is received, the list is read once. */
const REFRESH_PAUSE_MS = 400

type Rows = readonly MessageRowFragment[]

/** Ids grow with time: the newest first. */
const byAge = (a: MessageRowFragment, b: MessageRowFragment) => (a.id < b.id ? 1 : -1)

/** The messages of a list, read on as one scrolls and kept up to date. */
export function useMessages(place: () => MailPlace) {
  const rows = shallowRef<Rows>()
  const total = ref(0)
  const error = shallowRef<unknown>()
  const moreError = shallowRef<unknown>()
  const isLoading = ref(false)
  /** `after` of the next page; empty on the last. */
  const next = ref('')
  /** Read or deleted here a moment ago: what an answer from before says of them is not shown. */
  const changed = new Map<string, boolean>()
  const removed = new Set<string>()
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function fetchPage(first: number, after: string) {
    const { accountId, folder, search, unreadOnly } = place()
    const { data } = await apolloClient.query({
      query: MessagesDocument,
      variables: {
        ...{ accountId, folder, unreadOnly, first },
        search: search.trim() || null,
        after: after || null,
        isOutgoing: folder !== MessageFolder.INBOX,
      },
      fetchPolicy: 'no-cache',
    })
    const { edges, pageInfo, totalCount } = data.messages
    const found = edges
      .map(({ node }) => node)
      .filter(({ id }) => !removed.has(id))
      .map((row) => ({ ...row, read: changed.get(row.id) ?? row.read }))
    return { found, totalCount, next: (pageInfo.hasNextPage && pageInfo.endCursor) || '' }
  }

  /** Begins the list anew. */
  async function load(): Promise<void> {
    const mine = ++turn
    if (place().accountId === '') return
    isLoading.value = true
    try {
      const page = await fetchPage(PAGE, '')
      if (mine !== turn) return
      rows.value = page.found
      next.value = page.next
      total.value = page.totalCount
      error.value = undefined
      moreError.value = undefined
    } catch (failure) {
      if (mine === turn) error.value = failure
    } finally {
      if (mine === turn) isLoading.value = false
    }
  }

  async function loadMore(): Promise<void> {
    if (next.value === '' || isLoading.value) return
    const mine = ++turn
    isLoading.value = true
    moreError.value = undefined
    try {
      const page = await fetchPage(PAGE, next.value)
      if (mine !== turn) return
      rows.value = merged(rows.value ?? [], page.found)
      next.value = page.next
      total.value = page.totalCount
    } catch (failure) {
      if (mine === turn) moreError.value = failure
    } finally {
      if (mine === turn) isLoading.value = false
    }
  }

  /** Reads what is in sight again. What has been read since stays in a list of unread ones until it is left. */
  async function refresh(): Promise<void> {
    const before = rows.value
    if (before === undefined || isLoading.value) return rows.value === undefined ? load() : later()
    const mine = ++turn
    const first = Math.min(Math.max(before.length, PAGE), MESSAGES_PAGE_MAX)
    try {
      const page = await fetchPage(first, '')
      if (mine !== turn) return
      const oldest = page.found.at(-1)
      const isAll = page.next === '' || oldest === undefined
      const kept = (rows.value ?? []).filter(
        ({ id }) => changed.has(id) || (!isAll && id < oldest.id),
      )
      rows.value = merged(kept, page.found)
      total.value = page.totalCount
      if (isAll || before.length <= first) next.value = page.next
    } catch {
      // The list in sight stays; the next change, or scrolling, tries again.
    }
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void refresh(), REFRESH_PAUSE_MS)
  }

  function markHere(ids: readonly string[], read: boolean): void {
    const set = new Set(ids)
    for (const id of ids) changed.set(id, read)
    rows.value = rows.value?.map((row) => (set.has(row.id) ? { ...row, read } : row))
  }
  /** Answers how to put them back. */
  function removeHere(ids: readonly string[]): () => void {
    const set = new Set(ids)
    const gone = (rows.value ?? []).filter(({ id }) => set.has(id))
    const key = listKeyOf(place())
    for (const id of ids) removed.add(id)
    rows.value = rows.value?.filter(({ id }) => !set.has(id))
    total.value -= gone.length
    return () => {
      for (const id of ids) removed.delete(id)
      if (listKeyOf(place()) !== key) return
      rows.value = merged(rows.value ?? [], gone)
      total.value += gone.length
    }
  }

  watch(
    () => listKeyOf(place()),
    () => {
      changed.clear()
      rows.value = undefined
      error.value = undefined
      next.value = ''
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    turn += 1
    clearTimeout(timer)
  })
  return {
    ...{ rows, total, error, moreError, isLoading, next },
    ...{ load, loadMore, refresh: later, markHere, removeHere },
  }
}

/** The newer reading of each, the newest message first. */
function merged(old: Rows, fresh: Rows): Rows {
  const known = new Set(fresh.map(({ id }) => id))
  return [...old.filter(({ id }) => !known.has(id)), ...fresh].sort(byAge)
}
