import { mount } from '@vue/test-utils'
import { beforeAll, expect, it } from 'vitest'
import { i18n, startLanguage, withWords } from '../i18n/i18n.js'
import RecipientField from './RecipientField.vue'

beforeAll(async () => {
  await startLanguage()
  await withWords('compose', Promise.resolve())
})

function field(recipients: string[] = []) {
  const wrapper = mount(RecipientField, {
    attachTo: document.body,
    props: {
      ...{ id: 'to', label: 'to', modelValue: recipients },
      'onUpdate:modelValue': (modelValue: readonly string[]) => wrapper.setProps({ modelValue }),
    },
    global: { plugins: [i18n] },
  })
  return wrapper
}
const chips = (wrapper: ReturnType<typeof field>) =>
  wrapper.findAll('[data-chip]').map((chip) => chip.text())

it('makes chips of what is typed, keeps what is no address, and says why', async () => {
  const wrapper = field()
  await wrapper.get('input').setValue('taro@x.jp; broken')
  await wrapper.get('input').trigger('keydown', { key: 'Enter' })
  expect(chips(wrapper)).toEqual(['taro@x.jp', 'broken'])
  expect(wrapper.get('#to-error').text()).toContain('broken')
  expect(wrapper.get('input').attributes('aria-invalid')).toBe('true')
  wrapper.unmount()
})

it('leaves what is composed in Japanese alone', async () => {
  const wrapper = field()
  await wrapper.get('input').setValue('やまだ')
  await wrapper.get('input').trigger('keydown', { key: 'Enter', isComposing: true })
  expect(chips(wrapper)).toEqual([])
  wrapper.unmount()
})

it('can be gone through and emptied by keys', async () => {
  const wrapper = field(['a@x.jp', 'b@x.jp', 'c@x.jp'])
  await wrapper.get('input').trigger('keydown', { key: 'Backspace' })
  await new Promise((resolve) => setTimeout(resolve))
  expect(document.activeElement?.textContent).toBe('c@x.jp')
  await wrapper.findAll('[data-chip]')[2]?.trigger('keydown', { key: 'ArrowLeft' })
  await new Promise((resolve) => setTimeout(resolve))
  expect(document.activeElement?.textContent).toBe('b@x.jp')
  await wrapper.findAll('[data-chip]')[1]?.trigger('keydown', { key: 'Delete' })
  expect(chips(wrapper)).toEqual(['a@x.jp', 'c@x.jp'])
  wrapper.unmount()
})

it('takes a pasted list apart', async () => {
  const wrapper = field()
  await wrapper.get('input').trigger('paste', {
    clipboardData: { getData: () => '"Yamada, Taro" <taro@x.jp>\nhanako@x.jp' },
  })
  expect(chips(wrapper)).toEqual(['taro@x.jp', 'hanako@x.jp'])
  wrapper.unmount()
})
