import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { newAccountDraft } from './account-draft.js'
import AccountGrant from './AccountGrant.vue'
import { useAccountForm } from './useAccountForm.js'

const HANAKO = { id: 'hanako', loginName: 'hanako', displayName: '花子' }
const BY_TOKEN = {
  ...{ id: 'main', code: 'main', name: '本社', deletedAt: null },
  ...{ needsIncomingPassword: false, needsOutgoingCredentials: false },
  ...{ usesOAuth: true, oauthProviderId: 'google' },
}

it('lets another’s grant that the API refuses be removed, as nobody else can choose one', async () => {
  await withWords('account', setLanguage('ja'))
  const fields = [{ path: 'input.oauthGrantId', rule: 'oauthGrant', message: '使えません。' }]
  const refused = { errors: [{ message: '', extensions: { code: 'BAD_USER_INPUT', fields } }] }
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      new Response(JSON.stringify(refused), { headers: { 'content-type': 'application/json' } }),
    ),
  )
  const form = useAccountForm({
    ...newAccountDraft(HANAKO, BY_TOKEN, true),
    ...{ code: 'hanako', email: 'hanako@example.com', incomingUsername: 'hanako' },
    oauthGrantId: 'grant',
  })
  const field = mount(AccountGrant, { props: { form, providerId: 'google' } })
  expect(field.find('button').exists()).toBe(false)

  await form.save()
  await flushPromises()
  expect(field.text()).toContain('使えません。')
  await field.get('button').trigger('click')
  expect(form.draft.oauthGrantId).toBe('')
  expect(field.text()).not.toContain('使えません。')
})
