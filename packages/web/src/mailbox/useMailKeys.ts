import type { RouteLocationRaw, Router } from 'vue-router'
import type { answersTo } from './answers.js'
import type { MailPlace } from './mail-place.js'
import { useShortcuts } from './useShortcuts.js'

/** What the keys do things with. */
interface MailScreen {
  readonly router: Router
  readonly place: () => MailPlace
  readonly at: (changes: Partial<MailPlace>) => RouteLocationRaw
  readonly order: () => readonly string[]
  readonly isWide: () => boolean
  readonly open: (id: string) => void
  readonly showRow: (id: string, withFocus: boolean) => void
  readonly loadMore: () => void
  readonly select: (id: string) => void
  readonly mark: (ids: readonly string[], read: boolean) => void
  readonly remove: (ids: readonly string[]) => void
  readonly undo: () => void
  /** The messages that are selected. */
  readonly chosen: () => readonly string[]
  readonly search: () => void
  readonly help: () => void
  readonly answers: () => ReturnType<typeof answersTo> | null
  readonly composeAddress: () => string
}

/** So many messages before the end of the list, the next ones are fetched. */
const READ_AHEAD = 10

/** The message whose row has the focus. */
function focusedId(): string {
  const row = document.activeElement?.closest('li')?.querySelector('[data-message]')
  return row instanceof HTMLElement ? (row.dataset['message'] ?? '') : ''
}

/** The keys of the mail screen. */
export function useMailKeys(screen: MailScreen) {
  const current = () => screen.place().messageId || focusedId()
  /** What is selected, otherwise the one that is open or has the focus. */
  const targets = () => {
    const chosen = screen.chosen()
    if (chosen.length > 0) return chosen
    return current() === '' ? [] : [current()]
  }

  function step(by: 1 | -1): void {
    const order = screen.order()
    const at = order.indexOf(current())
    const next = order[at === -1 ? 0 : at + by]
    if (by === 1 && at + READ_AHEAD >= order.length) screen.loadMore()
    if (next === undefined) return
    const isReading = screen.place().messageId !== '' || screen.isWide()
    if (isReading) screen.open(next)
    screen.showRow(next, !isReading || focusedId() !== '')
  }
  const go = (to: RouteLocationRaw | undefined) => void (to !== undefined && screen.router.push(to))

  return useShortcuts({
    next: () => step(1),
    previous: () => step(-1),
    open: () => focusedId() !== '' && screen.open(focusedId()),
    back: () => {
      const { messageId } = screen.place()
      if (messageId === '') return
      go(screen.at({ messageId: '' }))
      screen.showRow(messageId, true)
    },
    search: screen.search,
    select: () => current() !== '' && screen.select(focusedId() || current()),
    remove: () => screen.remove(targets()),
    undo: screen.undo,
    markRead: () => screen.mark(targets(), true),
    markUnread: () => screen.mark(targets(), false),
    compose: () => go(screen.composeAddress()),
    reply: () => go(screen.answers()?.reply),
    replyAll: () => go(screen.answers()?.replyAll),
    forward: () => go(screen.answers()?.forward),
    help: screen.help,
  })
}
