import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { afterEach, vi } from 'vitest'
import { useToasts } from './ui/useToasts.js'

// What files share is left as it was found. The hook is a file's, the switch everybody's.
disableAutoUnmount()
enableAutoUnmount(afterEach)
afterEach(() => {
  vi.unstubAllGlobals()
  const { toasts, dismiss } = useToasts()
  for (const { id } of toasts.value) dismiss(id)
})
