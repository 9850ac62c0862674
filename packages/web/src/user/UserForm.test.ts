import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { h } from 'vue'
import type { UserPartsFragment } from '../generated/graphql.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import {
  answerWith,
  askedFields,
  decide,
  openForm,
  saveForm,
  staleAt,
} from '../ui/conflict-testkit.js'
import UserForm from './UserForm.vue'

const HANAKO: UserPartsFragment = {
  ...{ id: '1', loginName: 'hanako', displayName: '花子', role: 'USER', version: 1 },
  ...{ deactivatedAt: null, lastSignInAt: null, createdAt: '2026-07-01T00:00:00Z' },
  ...{ hasPassword: true, isLinkedByOidc: false, mailAccountCount: 0 },
}
const THEIRS: UserPartsFragment = { ...HANAKO, version: 2, loginName: 'hana', displayName: '華子' }

let page: VueWrapper
let sent: ReturnType<typeof answerWith>

beforeEach(async () => {
  await withWords('user', setLanguage('ja'))
  sent = answerWith({
    UpdateUser: ({ version }) =>
      version === 1 ? staleAt(2) : { data: { updateUser: { ...THEIRS, version: 3 } } },
    User: () => ({ data: { user: THEIRS } }),
  })
  page = await openForm({ render: () => h(UserForm, { user: HANAKO }) })
  await page.get('#user-displayName').setValue('はな')
  await saveForm(page)
})
afterEach(() => {
  page.unmount()
})

it('shows both versions of a person whom somebody else saved first, and saves what is chosen', async () => {
  expect(askedFields()).toEqual([
    ['表示名', 'はな', '華子', 'mine'],
    ['ログイン名', 'hanako', 'hana', 'theirs'],
  ])
  await decide('save')
  expect(sent.at(-1)?.variables).toEqual({
    ...{ id: '1', version: 2 },
    input: { displayName: 'はな', loginName: 'hana', role: 'USER' },
  })
  expect(page.getComponent(UserForm).emitted('saved')).toHaveLength(1)
})

it('keeps what was typed where the question is put off', async () => {
  await decide('cancel')
  expect(askedFields()).toEqual([])
  expect(page.get<HTMLInputElement>('#user-displayName').element.value).toBe('はな')
  await saveForm(page)
  expect(askedFields()).toHaveLength(2)
})
