import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h, shallowRef, type ShallowRef } from 'vue'
import type { MailServerRowFragment } from '../generated/graphql.js'
import { setLanguage } from '../i18n/i18n.js'
import { useAnnouncer } from '../ui/useAnnouncer.js'
import ReorderList from './ReorderList.vue'
import { useReorder, type Reorder } from './useReorder.js'

function server(name: string): MailServerRowFragment {
  return {
    id: name,
    code: name,
    name,
    position: 0,
    accountCount: 0,
    version: 1,
    outgoing: { host: 'h', port: 25, encryption: 'NONE' },
    incoming: { protocol: 'POP3', host: 'h', port: 110, encryption: 'NONE' },
  }
}

let list: VueWrapper
let reorder: Reorder
let servers: ShallowRef<readonly MailServerRowFragment[]>

beforeEach(async () => {
  await setLanguage('ja')
  servers = shallowRef(['A', 'B', 'C', 'D'].map(server))
  const Page = defineComponent({
    setup() {
      reorder = useReorder(servers)
      return () => h(ReorderList, { reorder })
    },
  })
  list = mount(Page, { attachTo: document.body })
  await flushPromises()
})
afterEach(() => list.unmount())

const order = () =>
  list
    .findAll('li')
    .map((row) => row.attributes('data-id'))
    .join('')
async function press(
  name: string,
  selector: string,
  key: string,
  more: object = {},
): Promise<void> {
  await list.find(`[data-id="${name}"] ${selector}`).trigger('keydown', { key, ...more })
  await flushPromises()
}
const pressHandle = (name: string, key: string) => press(name, '[data-control=handle]', key)
async function click(name: string, control: string): Promise<void> {
  await list.find(`[data-id="${name}"] [data-control=${control}]`).trigger('click')
  await flushPromises()
}

describe('reordering by keyboard', () => {
  it('holds a row with Space, moves it with arrows and drops it with Space', async () => {
    const handle = list.find('[data-id="C"] [data-control=handle]')
    if (handle.element instanceof HTMLElement) handle.element.focus()
    await pressHandle('C', ' ')
    expect(handle.attributes('aria-pressed')).toBe('true')
    await pressHandle('C', 'ArrowUp')
    expect(order()).toBe('ACBD')
    expect(document.activeElement?.getAttribute('aria-label')).toContain('「C」')
    await pressHandle('C', ' ')
    expect(handle.attributes('aria-pressed')).toBe('false')
    await pressHandle('C', 'ArrowUp')
    expect(order()).toBe('ACBD')
  })

  it('puts a held row back with Escape', async () => {
    await pressHandle('A', ' ')
    await pressHandle('A', 'End')
    expect(order()).toBe('BCDA')
    await pressHandle('A', 'Escape')
    expect(order()).toBe('ABCD')
  })

  it('moves without holding by Alt and an arrow, from any control of the row', async () => {
    await press('B', '[data-control=bottom]', 'ArrowDown', { altKey: true })
    expect(order()).toBe('ACBD')
  })

  it('says to screen readers where the row is now', async () => {
    await press('B', '[data-control=up]', 'ArrowUp', { altKey: true })
    expect(useAnnouncer().text.value).toBe('「B」は4件中1番目です')
  })
})

describe('reordering by buttons and by number', () => {
  it('moves to the top, up, down and to the bottom', async () => {
    await click('C', 'top')
    expect(order()).toBe('CABD')
    await click('C', 'bottom')
    expect(order()).toBe('ABDC')
    await click('C', 'up')
    expect(order()).toBe('ABCD')
    await click('A', 'down')
    expect(order()).toBe('BACD')
  })

  it('takes a typed position, full-width too', async () => {
    const input = list.find('[data-id="D"] [data-control=position]')
    await input.setValue('２')
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(order()).toBe('ADBC')
  })

  it('ignores a typed position that is none', async () => {
    const input = list.find('[data-id="D"] [data-control=position]')
    await input.setValue('x')
    await input.trigger('blur')
    expect(order()).toBe('ABCD')
    expect(input.element).toHaveProperty('value', '4')
  })
})

describe('somebody else changing the list meanwhile', () => {
  it('is followed silently while nothing was moved here', async () => {
    servers.value = ['D', 'A', 'B', 'C'].map(server)
    await flushPromises()
    expect(order()).toBe('DABC')
    expect(reorder.foreignChange.value).toBeUndefined()
  })

  it('is shown, and neither order is lost, once something was moved', async () => {
    await click('D', 'top')
    servers.value = ['A', 'C', 'D', 'E'].map(server)
    await flushPromises()
    expect(order()).toBe('DABC')
    expect(reorder.foreignChange.value).toMatchObject({ added: ['E'], removed: ['B'] })
    expect(await reorder.save()).toBe(false)
    reorder.keepMine()
    await flushPromises()
    expect(order()).toBe('DACE')
    expect(reorder.foreignChange.value).toBeUndefined()
    reorder.takeTheirs()
    await flushPromises()
    expect(order()).toBe('ACDE')
  })
})
