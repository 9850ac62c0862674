import { readonly, ref } from 'vue'

export interface ToastAction {
  readonly label: string
  readonly run: () => void
}
export interface Toast {
  readonly id: number
  readonly kind: 'good' | 'problem'
  readonly text: string
  readonly action: ToastAction | undefined
}

const READING_MS = 6_000
const toasts = ref<Toast[]>([])
let lastId = 0

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

function add(kind: Toast['kind'], text: string, action?: ToastAction): number {
  const id = ++lastId
  toasts.value = [...toasts.value, { id, kind, text, action }]
  // What can be undone, and what went wrong, stays until it has been read.
  if (action === undefined && kind === 'good') setTimeout(() => dismiss(id), READING_MS)
  return id
}

/** Short messages below the page: they take room of their own and cover nothing. */
export function useToasts() {
  return {
    toasts: readonly(toasts),
    dismiss,
    tell: (text: string, action?: ToastAction) => add('good', text, action),
    tellProblem: (text: string) => add('problem', text),
  }
}
