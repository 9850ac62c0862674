import { mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import type { OAuthGrantsQuery } from '../generated/graphql.js'
import { setLanguage } from '../i18n/i18n.js'
import GrantField from './GrantField.vue'

const grant = (id: string, mailbox: string): OAuthGrantsQuery['oauthGrants'][number] => ({
  ...{ id, mailbox, providerId: 'provider', state: 'ACTIVE', problem: null },
})

/** Lets the answer arrive. */
let answer: () => void
beforeEach(async () => {
  await setLanguage('ja')
  const arrived = new Promise<void>((resolve) => (answer = resolve))
  vi.stubGlobal('fetch', async () => {
    await arrived
    const oauthGrants = [grant('a', 'alice@mail.test'), grant('b', 'bob@mail.test')]
    const headers = { 'content-type': 'application/json' }
    return new Response(JSON.stringify({ data: { oauthGrants } }), { headers })
  })
})

function open() {
  const field = mount(GrantField, { props: { providerId: 'provider', modelValue: '' } })
  const typed = () => field.get<HTMLInputElement>('input').element.value
  const chosen = () => field.emitted('update:modelValue')?.at(-1)
  const isThere = () => vi.waitFor(() => expect(field.findAll('option')).toHaveLength(2))
  return { field, typed, chosen, isThere }
}

it('takes the first grant where nothing is typed', async () => {
  const { chosen, isThere } = open()
  answer()
  await isThere()
  expect(chosen()).toEqual(['a'])
})

it('keeps what was typed before the grants were there', async () => {
  const { field, typed, chosen, isThere } = open()
  await field.get('input').setValue('carol@mail.test')
  answer()
  await isThere()
  expect(typed()).toBe('carol@mail.test')
  expect(chosen() ?? ['']).toEqual([''])
})

it('takes the grant of the mailbox that was typed before', async () => {
  const { field, typed, chosen, isThere } = open()
  await field.get('input').setValue('bob@mail.test')
  answer()
  await isThere()
  expect(typed()).toBe('bob@mail.test')
  expect(chosen()).toEqual(['b'])
})
