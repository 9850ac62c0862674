import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import type { MessageRowFragment } from '../generated/mail.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { answerWith } from '../ui/conflict-testkit.js'
import { useToasts } from '../ui/useToasts.js'
import type { MailPlace } from './mail-place.js'
import { useMailActions } from './useMailActions.js'
import { useMessages } from './useMessages.js'

const AT = '2026-11-28T00:00:00Z'
const row = (id: string, read: boolean): MessageRowFragment => ({
  ...{ id, folder: 'OUTBOX', parseState: 'PARSED', subject: id, from: null, date: AT },
  ...{ storedAt: AT, read, snippet: null, attachmentCount: 0 },
})
const PLACE: MailPlace = {
  ...{ accountId: 'a', folder: 'OUTBOX', messageId: '', search: '', unreadOnly: false },
}
const refused = { errors: [{ message: '', extensions: { code: 'INTERNAL' } }] }

const { toasts } = useToasts()
let scope: EffectScope

beforeEach(() => withWords('mailbox', setLanguage('en')))
afterEach(() => scope.stop())

/** An outbox with the messages c (unread), b and a. */
async function open(answers: Parameters<typeof answerWith>[0]) {
  const held = [row('c', false), row('b', true), row('a', true)]
  const messages = {
    edges: held.map((node) => ({ node })),
    pageInfo: { hasNextPage: false, endCursor: 'a' },
    ...{ totalCount: 3, unreadCount: 1 },
  }
  const sent = answerWith({ Messages: () => ({ data: { messages } }), ...answers })
  scope = effectScope()
  const opened = scope.run(() => {
    const list = useMessages(() => PLACE)
    return { list, actions: useMailActions(list) }
  })
  if (opened === undefined) throw new Error('the scope is over')
  await flushPromises()
  const { list, actions } = opened
  const shown = () => list.rows.value?.map(({ id, read }) => `${id}${read ? '' : '*'}`)
  return { list, actions, sent, shown }
}
const told = () => toasts.value.map(({ text }) => text.replace(/[.:].*/, ''))

it('shows again what the API kept of many that were deleted, and offers to undo the others', async () => {
  const { list, actions, sent, shown } = await open({
    DeleteMessages: () => ({ data: { deleteMessages: ['c'] } }),
    RestoreMessages: () => ({ data: { restoreMessages: [] } }),
  })
  const deleting = actions.remove(['c', 'b'])
  expect(shown()).toEqual(['a'])
  await deleting
  expect(shown()).toEqual(['b', 'a'])
  expect(list.total.value).toBe(2)
  expect(told()).toEqual(['1 message was deleted', '1 message was not deleted'])
  await actions.undo()
  expect(sent.at(-1)?.variables).toEqual({ ids: ['c'] })
  expect(shown()).toEqual(['c*', 'b', 'a'])
})

it('undoes a deletion that is not answered yet, as soon as it is', async () => {
  const { actions, sent, shown } = await open({
    DeleteMessages: () => ({ data: { deleteMessages: ['c'] } }),
    RestoreMessages: () => ({ data: { restoreMessages: [] } }),
  })
  void actions.remove(['c'])
  await actions.undo()
  expect(sent.at(-1)).toMatchObject({ operationName: 'RestoreMessages' })
  expect(shown()).toEqual(['c*', 'b', 'a'])
})

it('says nothing of having deleted where nothing was', async () => {
  const { actions, shown } = await open({ DeleteMessages: () => refused })
  await actions.remove(['c', 'b'])
  expect(shown()).toEqual(['c*', 'b', 'a'])
  expect(told()).toEqual(['It could not be deleted'])
})

it('marks each as it was where marking fails', async () => {
  const { actions, shown } = await open({ MarkRead: () => refused })
  const marking = actions.mark(['c', 'b'], true)
  expect(shown()).toEqual(['c', 'b', 'a'])
  await marking
  expect(shown()).toEqual(['c*', 'b', 'a'])
  expect(told()).toEqual(['The mark could not be changed'])
})
