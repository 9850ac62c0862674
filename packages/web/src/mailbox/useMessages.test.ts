import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { MessageRowFragment } from '../generated/mail.js'
import type { MailPlace } from './mail-place.js'
import { useMessages } from './useMessages.js'

const AT = '2026-07-01T00:00:00.000Z'
const row = (id: string, read = false): MessageRowFragment => ({
  ...{ id, folder: 'INBOX', parseState: 'PARSED', subject: id, from: null, date: AT },
  ...{ storedAt: AT, read, snippet: null, attachmentCount: 0 },
})
const PLACE: MailPlace = {
  ...{ accountId: 'a', folder: 'INBOX', messageId: '', search: '', unreadOnly: false },
}

/** What the API has, the newest first. */
let held: MessageRowFragment[]
let asked: { after: string | null; first: number; search: string | null }[]
let isDown = false

beforeEach(() => {
  vi.useFakeTimers()
  held = Array.from({ length: 120 }, (_, n) => row(`m${String(999 - n)}`))
  asked = []
  isDown = false
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    const { variables } = JSON.parse(body) as { variables: (typeof asked)[number] }
    asked.push(variables)
    if (isDown) return Promise.reject(new Error('down'))
    const from = held.findIndex(({ id }) => id === variables.after) + 1
    const page = held.slice(from, from + variables.first)
    const last = page.at(-1)?.id ?? null
    const messages = {
      edges: page.map((node) => ({ node })),
      pageInfo: { hasNextPage: from + page.length < held.length, endCursor: last },
      ...{ totalCount: held.length, unreadCount: 0 },
    }
    const headers = { 'content-type': 'application/json' }
    return Promise.resolve(new Response(JSON.stringify({ data: { messages } }), { headers }))
  })
})
const scopes: ReturnType<typeof effectScope>[] = []
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function open(place: MailPlace = PLACE) {
  const where = ref(place)
  const scope = effectScope()
  scopes.push(scope)
  const list = scope.run(() => useMessages(() => where.value))
  if (list === undefined) throw new Error('the scope is over')
  await flushPromises()
  return { ...list, where, ids: () => list.rows.value?.map(({ id }) => id) ?? [] }
}
const settle = async () => {
  await vi.advanceTimersByTimeAsync(1_000)
  await flushPromises()
}

describe('a list of messages', () => {
  it('reads on where it ended, and ends', async () => {
    const list = await open()
    expect(list.ids()).toHaveLength(50)
    await list.loadMore()
    await list.loadMore()
    expect(list.ids()).toEqual(held.map(({ id }) => id))
    await list.loadMore()
    expect(asked.map(({ after }) => after)).toEqual([null, 'm950', 'm900'])
  })

  it('begins anew with each search', async () => {
    const list = await open()
    list.where.value = { ...PLACE, search: ' invoice ' }
    await flushPromises()
    expect(asked.at(-1)).toMatchObject({ search: 'invoice', after: null })
  })

  it('shows what is new, and no longer what is gone, once the mailbox has changed', async () => {
    const list = await open()
    held = [row('n001'), ...held.filter(({ id }) => id !== 'm998')]
    list.refresh()
    list.refresh()
    await settle()
    expect(list.ids().slice(0, 3)).toEqual(['n001', 'm999', 'm997'])
    expect(asked).toHaveLength(2)
  })

  it('keeps what has been read on to when it is read again', async () => {
    const list = await open()
    await list.loadMore()
    held = [row('n001'), ...held]
    list.refresh()
    await settle()
    expect(list.ids()).toHaveLength(101)
    await list.loadMore()
    expect(list.ids()).toEqual(held.map(({ id }) => id))
  })

  it('keeps a message of the unread ones in sight after it was read', async () => {
    const list = await open({ ...PLACE, unreadOnly: true })
    list.markHere(['m998'], true)
    held = held.filter(({ id }) => id !== 'm998')
    list.refresh()
    await settle()
    expect(list.rows.value?.[1]).toMatchObject({ id: 'm998', read: true })
  })

  it('takes out at once what is deleted, whatever an older answer says, and puts it back in its place', async () => {
    const list = await open()
    const putBack = list.removeHere(['m998'])
    expect(list.total.value).toBe(119)
    list.refresh()
    await settle()
    expect(list.ids()[1]).toBe('m997')
    putBack(['m998'])
    expect(list.ids()[1]).toBe('m998')
  })

  it('forgets what was deleted once another list was open: it may have been brought back', async () => {
    const list = await open()
    list.removeHere(['m998'])
    list.where.value = { ...PLACE, search: 'invoice' }
    await flushPromises()
    list.where.value = PLACE
    await flushPromises()
    expect(list.ids()[1]).toBe('m998')
  })

  it('no longer shows what was deleted elsewhere, however deep and whether it was read here', async () => {
    held = Array.from({ length: 300 }, (_, n) => row(`m${String(999 - n)}`))
    const list = await open()
    for (let page = 1; page < 5; page += 1) await list.loadMore()
    list.markHere(['m998'], true)
    held = held.filter(({ id }) => !['m998', 'm760'].includes(id))
    list.refresh()
    await settle()
    expect(list.ids()).toEqual(held.slice(0, 250).map(({ id }) => id))
    await list.loadMore()
    expect(list.ids()).toEqual(held.map(({ id }) => id))
  })

  it('stays in sight when its rest cannot be read, and says so', async () => {
    const list = await open()
    isDown = true
    await list.loadMore()
    expect(list.ids()).toHaveLength(50)
    expect(list.moreError.value).toBeDefined()
    isDown = false
    await list.loadMore()
    expect(list.moreError.value).toBeUndefined()
    expect(list.ids()).toHaveLength(100)
  })
})
