import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, reactive, type EffectScope } from 'vue'
import { startLanguage } from '../i18n/i18n.js'
import { emptyDraft } from './compose-draft.js'
import { draftMirror } from './draft-mirror.js'
import { useDraftSaving, type DraftSaving } from './useDraftSaving.js'

interface Saved {
  readonly id: string | null
  readonly version: number | null
  readonly input: { readonly text: string }
}
let asked: Saved[]
let answer: (saved: Saved) => unknown
let scope: EffectScope
let saving: DraftSaving
const draft = reactive(emptyDraft('account'))
const mirror = draftMirror(['person', 'new'])

function stored({ id, version, input }: Saved) {
  const facts = { html: null, attachments: [], updatedAt: '2026-11-28T00:00:00Z' }
  return {
    data: { saveDraft: { ...input, ...facts, id: id ?? 'd1', version: (version ?? 0) + 1 } },
  }
}
const refused = (code: string, extensions = {}) => ({
  errors: [{ message: code, extensions: { code, ...extensions } }],
})

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  sessionStorage.clear()
  asked = []
  answer = stored
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    const { variables } = JSON.parse(body) as { variables: Saved }
    asked.push(variables)
    return Promise.resolve(new Response(JSON.stringify(answer(variables))))
  })
  await startLanguage()
  Object.assign(draft, emptyDraft('account'))
  scope = effectScope()
  saving = scope.run(() =>
    useDraftSaving({
      ...{ draft, first: undefined, saved: emptyDraft('account'), mirror },
      onStored: () => undefined,
    }),
  ) as DraftSaving
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('saves after a pause, and the next time in the place of that version', async () => {
  draft.text = 'a'
  await flushPromises()
  expect(mirror.read()?.draft.text).toBe('a')
  await vi.runOnlyPendingTimersAsync()
  await saving.save()
  draft.text = 'ab'
  await saving.save()
  expect(asked.map(({ id, version, input }) => [id, version, input.text])).toEqual([
    [null, null, 'a'],
    ['d1', 1, 'ab'],
  ])
  expect(saving.isDirty.value).toBe(false)
  expect(mirror.read()).toBeUndefined()
})

it('of two versions keeps both where that is wished', async () => {
  draft.text = 'a'
  await saving.save()
  answer = (saved) =>
    saved.id === null ? stored({ ...saved, id: 'd2' }) : refused('CONFLICT', { version: 7 })
  draft.text = 'mine'
  expect(await saving.save()).toBe(false)
  expect(saving.conflict.value).toBe(7)
  expect(mirror.read()?.draft.text).toBe('mine')
  await saving.settle('BESIDE')
  expect(saving.stored.value).toEqual({ id: 'd2', version: 1 })
})

it('says why it cannot be saved, keeps what was typed in this tab, and tries again', async () => {
  answer = () => refused('INTERNAL')
  draft.text = 'a'
  expect(await saving.save()).toBe(false)
  expect(saving.failure.value).not.toBe('')
  expect(mirror.read()?.draft.text).toBe('a')
  answer = stored
  await vi.runOnlyPendingTimersAsync()
  await saving.save()
  expect(saving.failure.value).toBe('')
  expect(saving.isDirty.value).toBe(false)
})

it('saves nothing while it is sent, and counts as unsaved until that is done', async () => {
  draft.text = 'a'
  await saving.pause()
  expect(await saving.save()).toBe(false)
  expect(saving.isDirty.value).toBe(true)
  saving.end()
  expect(saving.isDirty.value).toBe(false)
  expect(asked).toEqual([])
})
