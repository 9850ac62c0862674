import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { answerWith } from '../ui/conflict-testkit.js'
import { openCompose, press, sentBy, started } from './compose-testkit.js'
import { sendingFacts } from './sending-testkit.js'

const DONE = { data: { sendMail: sendingFacts() } }
const refused = (code: string, extensions = {}) => ({
  errors: [{ message: '', extensions: { code, ...extensions } }],
})
let page: VueWrapper
let answer: () => unknown
let sent: ReturnType<typeof answerWith>

const mails = () =>
  sent
    .filter(({ operationName }) => operationName === 'SendMail')
    .map(({ variables }) => variables['input'] as Readonly<Record<string, unknown>>)
const keys = () => mails().map((mail) => mail['idempotencyKey'])

beforeEach(async () => {
  sessionStorage.clear()
  await withWords('compose', setLanguage('en'))
  answer = () => DONE
  sent = answerWith({ SendMail: () => answer() })
})

it('sends once what is asked for twice, with its draft and time to take it back', async () => {
  page = await openCompose(started())
  void page.get('form').trigger('submit')
  void page.get('form').trigger('submit')
  await page.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
  await flushPromises()
  expect(mails()).toEqual([
    expect.objectContaining({ to: ['taro@x.jp'], text: 'Hi', draftId: 'd', holdSeconds: 10 }),
  ])
  expect(sentBy(page)).toHaveLength(1)
})

it('asks for the same mail by the same key, and for another one by another', async () => {
  answer = () => refused('INTERNAL')
  page = await openCompose(started())
  await press(page, 'Send')
  expect(page.get('[role=alert]').text()).toContain('The message could not be sent')
  await press(page, 'Send')
  await page.get('textarea').setValue('Hi Taro')
  answer = () => DONE
  await press(page, 'Send')
  const [first, second, third] = keys()
  expect(second).toBe(first)
  expect(third).not.toBe(first)
  expect(sentBy(page)).toHaveLength(1)
  expect(page.find('[role=alert]').exists()).toBe(false)
})

it('says at the field why it cannot be sent, until that is mended', async () => {
  page = await openCompose(started({ to: ['taro'] }))
  await press(page, 'Send')
  expect(mails()).toEqual([])
  expect(page.text()).toContain('1 recipient cannot be sent to')
  expect(document.activeElement?.id).toBe('compose-to')
  page.unmount()

  const fields = [{ path: 'subject', rule: 'tooLong', message: 'At most 500 characters.' }]
  answer = () => refused('BAD_USER_INPUT', { fields })
  page = await openCompose(started())
  await press(page, 'Send')
  expect(page.get('#compose-subject-error').text()).toBe('At most 500 characters.')
  await page.get('#compose-subject').setValue('Shorter')
  expect(page.find('#compose-subject-error').exists()).toBe(false)
})
