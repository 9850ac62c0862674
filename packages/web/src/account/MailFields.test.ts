import { mount, type VueWrapper } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { Leaving, newAccountDraft } from './account-draft.js'
import MailFields from './MailFields.vue'
import { useAccountForm } from './useAccountForm.js'

async function shown(leaving: Leaving, leavesMail: boolean): Promise<VueWrapper> {
  await withWords('account', setLanguage('ja'))
  const form = useAccountForm({ ...newAccountDraft(null, null, true), leaving })
  return mount(MailFields, { props: { form, leavesMail } })
}
const offered = (fields: VueWrapper) =>
  fields.findAll<HTMLInputElement>('input[type=radio]').map(({ element }) => element.value)
const days = (fields: VueWrapper) =>
  fields.get<HTMLInputElement>('#account-deleteAfterDays').element

it('offers every way to leave mail to whoever may', async () => {
  const fields = await shown(Leaving.AFTER, true)
  expect(offered(fields)).toEqual(['KEEP', 'REMOVE', 'AFTER'])
  expect(days(fields).disabled).toBe(false)
  expect(fields.text()).not.toContain('管理者だけ')
})

it('offers nobody else what the API refuses: mail stays left as it is, or is left no more', async () => {
  const fields = await shown(Leaving.AFTER, false)
  expect(offered(fields)).toEqual(['REMOVE', 'AFTER'])
  expect(days(fields).disabled).toBe(true)
  expect(fields.text()).toContain('残し方や日数を変えられるのは管理者だけです')
  expect(offered(await shown(Leaving.KEEP, false))).toEqual(['KEEP', 'REMOVE'])
})

it('says why there is nothing to choose where none is left', async () => {
  const fields = await shown(Leaving.REMOVE, false)
  expect(offered(fields)).toEqual([])
  expect(fields.text()).toContain('残すことができるのは管理者だけです')
})
