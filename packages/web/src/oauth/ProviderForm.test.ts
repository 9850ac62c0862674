import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { h } from 'vue'
import type { OAuthProviderPartsFragment } from '../generated/graphql.js'
import { setLanguage } from '../i18n/i18n.js'
import {
  answerWith,
  askedFields,
  decide,
  openForm,
  saveForm,
  staleAt,
} from '../ui/conflict-testkit.js'
import ProviderForm from './ProviderForm.vue'

const GOOGLE: OAuthProviderPartsFragment = {
  ...{ id: '1', name: 'Google', preset: 'GOOGLE', flow: 'AUTHORIZATION_CODE', version: 1 },
  ...{ metadataUrl: null, tenant: null, clientId: 'old', scopes: 'https://mail.google.com/' },
  ...{ hasClientSecret: true, grantCount: 0 },
}
const THEIRS: OAuthProviderPartsFragment = {
  ...{ ...GOOGLE, version: 2, name: '本社', preset: 'MICROSOFT', tenant: 'example' },
  clientId: 'theirs',
}

let page: VueWrapper
let sent: ReturnType<typeof answerWith>

beforeEach(async () => {
  await setLanguage('ja')
  sent = answerWith({
    UpdateOAuthProvider: ({ version }) =>
      version === 1 ? staleAt(2) : { data: { updateOAuthProvider: { ...THEIRS, version: 3 } } },
    OAuthProvider: () => ({ data: { oauthProvider: THEIRS } }),
    OAuthRedirectUri: () => ({ data: { oauthRedirectUri: 'https://a.example/oauth/callback' } }),
  })
  page = await openForm({ render: () => h(ProviderForm, { provider: GOOGLE }) })
})
afterEach(() => {
  page.unmount()
})

it('shows both versions of a provider that somebody else saved first, and saves what is chosen', async () => {
  await page.get('#provider-clientId').setValue('mine')
  await page.get('#provider-clientSecret').setValue('a new secret')
  await saveForm(page)
  expect(askedFields()).toEqual([
    ['種類', 'Google', 'Microsoft 365', 'theirs'],
    ['名称', 'Google', '本社', 'theirs'],
    ['テナント', 'なし', 'example', 'theirs'],
    ['クライアントID', 'mine', 'theirs', 'mine'],
  ])
  await decide('save')
  expect(
    sent.filter(({ operationName }) => operationName === 'UpdateOAuthProvider').at(-1),
  ).toMatchObject({
    variables: {
      version: 2,
      // The secret that was typed is no one else's to choose.
      input: {
        preset: 'MICROSOFT',
        name: '本社',
        tenant: 'example',
        clientId: 'mine',
        clientSecret: 'a new secret',
      },
    },
  })
})
