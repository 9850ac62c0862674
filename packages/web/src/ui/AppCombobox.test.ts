import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick } from 'vue'
import AppCombobox from './AppCombobox.vue'

function mountCombobox() {
  return mount(AppCombobox, {
    attachTo: document.body,
    props: {
      options: [
        { value: '1', label: 'Tokyo' },
        { value: '2', label: 'Osaka' },
      ],
      chosen: undefined,
      placeholder: '',
      openLabel: 'Open',
      emptyText: 'Nothing found',
    },
  })
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await nextTick()
}

test('what is typed into the closed list is looked for, not lost by its opening', async () => {
  const combobox = mountCombobox()
  const input = combobox.get('input')
  await input.setValue('nowhere')
  await settle()
  expect(combobox.emitted('search')).toEqual([['nowhere']])
  expect(document.body.textContent).toContain('Nothing found')
})
