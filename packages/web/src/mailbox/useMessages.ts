import { MESSAGES_PAGE_MAX } from '@mailroom/shared'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { listKeyOf, type MailPlace } from './mail-place.js'
import { readPage, withPage, type MessagePage, type Rows } from './message-pages.js'
import { ownChanges } from './own-changes.js'

const PAGE = 50
/** Of many changes in a row, such as while mail is received, the list is read once. */
const REFRESH_PAUSE_MS = 400

/** The messages of a list, read on as one scrolls and kept up to date. */
export function useMessages(place: () => MailPlace) {
  const rows = shallowRef<Rows>()
  const total = ref(0)
  const error = shallowRef<unknown>()
  const moreError = shallowRef<unknown>()
  const isLoading = ref(false)
  /** `after` of the next page; empty on the last. */
  const next = ref('')
  /** The last message of the page before that one. */
  let until: string | undefined
  const key = () => listKeyOf(place())
  const own = ownChanges({ rows, total, key })
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function fetchPage(first: number, after: string): Promise<MessagePage> {
    const page = await readPage(place(), first, after)
    return { ...page, rows: own.appliedTo(page.rows) }
  }
  /** What has been read since stays in a list of unread ones until it is left. */
  const isKept = (id: string) => place().unreadOnly && own.isMarked(id)
  function take(page: MessagePage, before: string | undefined): void {
    rows.value = withPage(rows.value ?? [], page, before, isKept)
    total.value = page.total
  }
  function goOnAfter(page: MessagePage): void {
    next.value = page.next
    until = page.oldest
  }

  /** Reads for whoever waits; what another reading has overtaken changes nothing. */
  async function read(work: () => Promise<() => void>, failed: typeof error): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    try {
      const apply = await work()
      if (mine === turn) apply()
    } catch (failure) {
      if (mine === turn) failed.value = failure
    } finally {
      if (mine === turn) isLoading.value = false
    }
  }

  /** Begins the list anew. */
  async function load(): Promise<void> {
    if (place().accountId === '') return
    await read(async () => {
      const page = await fetchPage(PAGE, '')
      return () => {
        rows.value = undefined
        take(page, undefined)
        goOnAfter(page)
        error.value = undefined
        moreError.value = undefined
      }
    }, error)
  }

  async function loadMore(): Promise<void> {
    if (next.value === '' || isLoading.value) return
    moreError.value = undefined
    await read(async () => {
      const page = await fetchPage(PAGE, next.value)
      return () => {
        take(page, until)
        goOnAfter(page)
      }
    }, moreError)
  }

  /** Reads again what was read so far, page by page, each shown as it comes. */
  async function refresh(): Promise<void> {
    const before = rows.value
    if (before === undefined || isLoading.value) return rows.value === undefined ? load() : later()
    const mine = ++turn
    let left = before.length
    let last: MessagePage | undefined
    try {
      do {
        const first = Math.min(Math.max(left, PAGE), MESSAGES_PAGE_MAX)
        const page: MessagePage = await fetchPage(first, last?.next ?? '')
        if (mine !== turn) return
        take(page, last?.oldest)
        last = page
        left -= first
      } while (left > 0 && last.next !== '')
      goOnAfter(last)
    } catch {
      // The list in sight stays; the next change, or scrolling, tries again.
    }
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void refresh(), REFRESH_PAUSE_MS)
  }

  function begin(): void {
    turn += 1
    own.forget()
    rows.value = undefined
    error.value = undefined
    next.value = ''
    void load()
  }
  watch(key, begin, { immediate: true })
  onScopeDispose(() => {
    turn += 1
    clearTimeout(timer)
  })
  return {
    ...{ rows, total, error, moreError, isLoading, next },
    ...{ load, loadMore, refresh: later },
    ...{ markHere: own.markHere, removeHere: own.removeHere },
  }
}
