import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { i18n, startLanguage, withWords } from '../i18n/i18n.js'
import { answerWith } from '../ui/conflict-testkit.js'
import RecipientField from './RecipientField.vue'

beforeAll(async () => {
  await startLanguage()
  await withWords('compose', Promise.resolve())
})

function field(recipients: string[] = []) {
  const wrapper = mount(RecipientField, {
    attachTo: document.body,
    props: {
      ...{ id: 'to', label: 'to', accountId: 'own', modelValue: recipients },
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

it('takes a comma within quotes for one of the name', async () => {
  const wrapper = field()
  await wrapper.get('input').setValue('"Yamada')
  await wrapper.get('input').trigger('keydown', { key: ',' })
  expect(chips(wrapper)).toEqual([])
  await wrapper.get('input').setValue('"Yamada, Taro" <taro@x.jp>')
  await wrapper.get('input').trigger('keydown', { key: ',' })
  expect(wrapper.props('modelValue')).toEqual(['"Yamada, Taro" <taro@x.jp>'])
  wrapper.unmount()
})

it('leaves what is composed in Japanese alone', async () => {
  const wrapper = field()
  await wrapper.get('input').setValue('やまだ')
  await wrapper.get('input').trigger('keydown', { key: 'Enter', isComposing: true })
  // Safari, at the end of a conversion.
  await wrapper.get('input').trigger('keydown', { key: 'Enter', keyCode: 229 })
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
  expect(chips(wrapper)).toEqual(['Yamada, Tarotaro@x.jp', 'hanako@x.jp'])
  wrapper.unmount()
})

describe('suggestions', () => {
  const PEOPLE = [
    { name: '山田太郎', address: 'taro@x.jp' },
    { name: null, address: 'yamato@x.jp' },
    { name: null, address: 'here@x.jp' },
  ]
  async function suggesting(typed: string) {
    const asked = answerWith({ Correspondents: () => ({ data: { correspondents: PEOPLE } }) })
    const wrapper = field(['here@x.jp'])
    await wrapper.get('input').setValue(typed)
    await vi.waitFor(() => expect(wrapper.findAll('[role=option]')).toHaveLength(2))
    expect(asked.at(-1)?.variables).toEqual({ accountId: 'own', search: typed })
    return wrapper
  }
  const chosenNow = (wrapper: ReturnType<typeof field>) =>
    wrapper.findAll('[role=option]').map((each) => each.attributes('aria-selected') === 'true')
  const key = (wrapper: ReturnType<typeof field>, name: string) =>
    wrapper.get('input').trigger('keydown', { key: name })

  it('name those who are not there yet; Enter takes the first, the arrows go on', async () => {
    const wrapper = await suggesting('yama')
    expect(chosenNow(wrapper)).toEqual([true, false])
    await key(wrapper, 'ArrowDown')
    expect(chosenNow(wrapper)).toEqual([false, true])
    expect(wrapper.get('input').attributes('aria-activedescendant')).toBe('to-people-1')
    await key(wrapper, 'ArrowDown')
    await key(wrapper, 'Enter')
    expect(wrapper.props('modelValue')).toEqual(['here@x.jp', '山田太郎 <taro@x.jp>'])
    expect(wrapper.findAll('[role=option]')).toHaveLength(0)
    wrapper.unmount()
  })

  it('never take the place of an address that is typed out', async () => {
    const wrapper = await suggesting('amato@x.jp')
    expect(chosenNow(wrapper)).toEqual([false, false])
    await key(wrapper, 'Enter')
    expect(wrapper.props('modelValue')).toEqual(['here@x.jp', 'amato@x.jp'])
    wrapper.unmount()
  })

  it('that come late are not taken for what is typed by then', async () => {
    const wrapper = await suggesting('yama')
    await wrapper.get('input').setValue('yamato@x.jp')
    expect(chosenNow(wrapper)).toEqual([false])
    await wrapper.get('input').setValue('other@x.jp')
    expect(chosenNow(wrapper)).toEqual([])
    await key(wrapper, 'Enter')
    expect(wrapper.props('modelValue')).toEqual(['here@x.jp', 'other@x.jp'])
    wrapper.unmount()
  })

  it('whose answer is under way are of no use once more is typed', async () => {
    let answer: (() => void) | undefined
    vi.stubGlobal('fetch', async () => {
      await new Promise<void>((resolve) => (answer = resolve))
      return new Response(JSON.stringify({ data: { correspondents: PEOPLE } }), {
        headers: { 'content-type': 'application/json' },
      })
    })
    const wrapper = field()
    await wrapper.get('input').setValue('yama')
    await vi.waitFor(() => expect(answer).toBeDefined())
    await wrapper.get('input').setValue('yamada@x.jp')
    answer?.()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await key(wrapper, 'Enter')
    expect(wrapper.props('modelValue')).toEqual(['yamada@x.jp'])
    wrapper.unmount()
  })

  it('are chosen by pointing, and put away by Escape', async () => {
    const wrapper = await suggesting('yama')
    await key(wrapper, 'Escape')
    expect(wrapper.findAll('[role=option]')).toHaveLength(0)
    wrapper.unmount()
    const other = await suggesting('yama')
    await other.findAll('[role=option]')[1]?.trigger('click')
    expect(other.props('modelValue')).toEqual(['here@x.jp', 'yamato@x.jp'])
    other.unmount()
  })
})
