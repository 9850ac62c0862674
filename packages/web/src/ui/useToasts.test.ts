import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useToasts } from './useToasts.js'

const { toasts, tell, tellProblem, dismiss } = useToasts()
const LONG_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  for (const { id } of [...toasts.value]) dismiss(id)
  vi.useRealTimers()
})

it('goes by itself once it has been read', () => {
  tell('Saved')
  expect(toasts.value).toHaveLength(1)
  vi.advanceTimersByTime(LONG_MS)
  expect(toasts.value).toHaveLength(0)
})

it('stays while it can still be undone', () => {
  tell('Deleted', { label: 'Undo', run: () => {} })
  vi.advanceTimersByTime(LONG_MS)
  expect(toasts.value).toHaveLength(1)
})

it('stays while it tells of a problem', () => {
  tellProblem('It could not be deleted')
  vi.advanceTimersByTime(LONG_MS)
  expect(toasts.value).toHaveLength(1)
})
