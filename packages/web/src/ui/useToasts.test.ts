import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useToasts } from './useToasts.js'

const { toasts, tell, tellProblem, act, dismiss } = useToasts()
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
  tell('Deleted', { label: 'Undo', run: () => Promise.resolve(undefined) })
  vi.advanceTimersByTime(LONG_MS)
  expect(toasts.value).toHaveLength(1)
})

it('stays while it tells of a problem', () => {
  tellProblem('It could not be deleted')
  vi.advanceTimersByTime(LONG_MS)
  expect(toasts.value).toHaveLength(1)
})

describe('what a message offers', () => {
  const link = { label: 'Change the other', to: '/other' }

  it('can be tried again after it failed, with the reason and where to mend it', async () => {
    const answers = [{ text: 'The code is in use', link }, { text: 'No network' }, undefined]
    const run = vi.fn(() => Promise.resolve(answers.shift()))
    const id = tell('Deleted', { label: 'Undo', run })

    await act(id)
    expect(toasts.value).toMatchObject([{ kind: 'problem', text: 'The code is in use', link }])
    expect(toasts.value[0]?.action?.label).toBe('Undo')
    await act(id)
    expect(toasts.value[0]).toMatchObject({ text: 'No network', link: undefined })
    await act(id)
    expect(toasts.value).toEqual([])
    expect(run).toHaveBeenCalledTimes(3)
  })

  it('is done once, however often it is pressed meanwhile', async () => {
    const run = vi.fn(() => Promise.resolve(undefined))
    const id = tell('Deleted', { label: 'Undo', run })
    await Promise.all([act(id), act(id)])
    expect(run).toHaveBeenCalledOnce()
  })
})
