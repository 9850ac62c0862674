import { onScopeDispose, ref } from 'vue'
import type { MessageKey } from '../i18n/useText.js'

/** What can be done by one key, in the order of the help sheet. */
export const SHORTCUTS = {
  next: { keys: ['j'], label: 'reading.keyNext' },
  previous: { keys: ['k'], label: 'reading.keyPrevious' },
  open: { keys: ['o'], label: 'reading.keyOpen' },
  back: { keys: ['u'], label: 'reading.keyBack' },
  search: { keys: ['/'], label: 'reading.keySearch' },
  select: { keys: ['x'], label: 'reading.keySelect' },
  remove: { keys: ['#', 'Delete'], label: 'reading.keyDelete' },
  undo: { keys: ['z'], label: 'reading.keyUndo' },
  markRead: { keys: ['I'], label: 'reading.keyRead' },
  markUnread: { keys: ['U'], label: 'reading.keyUnread' },
  compose: { keys: ['c'], label: 'reading.keyCompose' },
  reply: { keys: ['r'], label: 'reading.keyReply' },
  replyAll: { keys: ['a'], label: 'reading.keyReplyAll' },
  forward: { keys: ['f'], label: 'reading.keyForward' },
  help: { keys: ['?'], label: 'reading.keyHelp' },
} as const satisfies Record<string, { keys: readonly string[]; label: MessageKey }>
type Shortcut = keyof typeof SHORTCUTS

const NAMES = Object.keys(SHORTCUTS).filter((name): name is Shortcut => name in SHORTCUTS)
const STORAGE_KEY = 'mailroom.mail-keys'

/** Off for whoever speaks to the computer, or hits keys unawares (WCAG 2.1.4); remembered in this browser. */
export const areShortcutsOn = ref(readChoice())

export function turnShortcuts(on: boolean): void {
  areShortcutsOn.value = on
  try {
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off')
  } catch {
    // Storage can be forbidden: the choice then holds until the page is closed.
  }
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

/** Listens to the page; what it answers with listens to keys in a frame, which the page does not hear. */
export function useShortcuts(actions: Readonly<Record<Shortcut, () => unknown>>) {
  function hear(event: KeyboardEvent): void {
    const wanted = shortcutOf(event)
    if (wanted === undefined) return
    event.preventDefault()
    actions[wanted]()
  }
  addEventListener('keydown', hear)
  onScopeDispose(() => removeEventListener('keydown', hear))
  return { hear }
}

function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (event.isComposing || isTyping(event.target) || isBehindDialog()) return undefined
  const wanted = NAMES.find((name) => SHORTCUTS[name].keys.some((key) => key === event.key))
  return areShortcutsOn.value || wanted === 'help' ? wanted : undefined
}

/** Elements of a frame are of other classes: their tags tell. */
function isTyping(target: EventTarget | null): boolean {
  const tag = target !== null && 'tagName' in target ? String(target.tagName) : ''
  if (/^(?:TEXTAREA|SELECT)$/i.test(tag)) return true
  return target instanceof HTMLInputElement && target.type !== 'checkbox'
}

const isBehindDialog = () =>
  document.querySelector('[role=alertdialog], [role=dialog], [role=menu]') !== null
