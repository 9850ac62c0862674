import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import { setLanguage } from '../i18n/i18n.js'
import type { ConflictRow } from './conflict-row.js'
import ConflictDialog from './ConflictDialog.vue'

const rows = (): ConflictRow[] => [
  { path: 'code', label: 'Code', mine: 'a', theirs: 'b', likely: 'mine' },
  { path: 'name', label: 'Name', mine: 'c', theirs: 'd', likely: 'theirs' },
]
function pressed(selector: string): void {
  const element = document.querySelector(selector)
  if (!(element instanceof HTMLElement)) throw new Error(`no ${selector}`)
  element.click()
}

it('keeps what the person has chosen when the page around it is drawn again', async () => {
  await setLanguage('en')
  const dialog = mount(ConflictDialog, { props: { rows: rows() }, attachTo: document.body })
  await nextTick()
  pressed('input[name="conflict-code"][value="theirs"]')
  pressed('input[name="conflict-name"][value="mine"]')
  await dialog.setProps({ rows: rows() })
  pressed('[role="alertdialog"] button:last-of-type')
  expect(dialog.emitted('settle')).toEqual([[['name']]])
})
