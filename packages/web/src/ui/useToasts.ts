import { readonly, ref } from 'vue'

export interface ToastLink {
  readonly label: string
  readonly to: string
}
/** Why something was not done, and where that can be mended. */
export interface ToastFailure {
  readonly text: string
  readonly link?: ToastLink | undefined
}
export interface ToastAction {
  readonly label: string
  /** Says why it failed; the message then stays, to be tried again. */
  readonly run: () => Promise<ToastFailure | undefined>
}
interface Toast extends ToastFailure {
  readonly id: number
  readonly kind: 'good' | 'problem'
  readonly action?: ToastAction | undefined
  readonly isBusy?: boolean
}

const READING_MS = 6_000
const toasts = ref<readonly Toast[]>([])
let lastId = 0

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

function change(id: number, changes: Partial<Toast>): void {
  toasts.value = toasts.value.map((toast) => (toast.id === id ? { ...toast, ...changes } : toast))
}

function add(toast: Omit<Toast, 'id'>): number {
  const id = ++lastId
  toasts.value = [...toasts.value, { ...toast, id }]
  // What can be undone, and what went wrong, stays until it has been read.
  if (toast.action === undefined && toast.kind === 'good') setTimeout(() => dismiss(id), READING_MS)
  return id
}

/** Does what a message offers; the message goes only once that has worked. */
async function act(id: number): Promise<void> {
  const toast = toasts.value.find((each) => each.id === id)
  if (toast?.action === undefined || toast.isBusy === true) return
  change(id, { isBusy: true })
  const failure = await toast.action.run()
  if (failure === undefined) dismiss(id)
  else change(id, { link: undefined, ...failure, kind: 'problem', isBusy: false })
}

/** Short messages below the page: they take room of their own and cover nothing. */
export function useToasts() {
  return {
    toasts: readonly(toasts),
    dismiss,
    act,
    tell: (text: string, action?: ToastAction) => add({ kind: 'good', text, action }),
    tellProblem: (text: string, link?: ToastLink) => add({ kind: 'problem', text, link }),
  }
}
