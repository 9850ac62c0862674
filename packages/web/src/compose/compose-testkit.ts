import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { emptyDraft, type ComposeDraft } from './compose-draft.js'
import type { ComposeStart } from './compose-start.js'
import ComposeForm from './ComposeForm.vue'
import { draftMirror } from './draft-mirror.js'

export const OWN = { accountId: 'own', name: 'Me', email: 'me@x.jp', folders: [] }

/** A stored draft to taro@x.jp that can be sent as it is. */
export function started(changes: Partial<ComposeDraft> = {}): ComposeStart {
  const draft = {
    ...{ ...emptyDraft('own'), to: ['taro@x.jp'], subject: 'Hello', text: 'Hi' },
    ...changes,
  }
  return {
    ...{ draft, saved: draft, stored: { id: 'd', version: 1 }, mailboxes: [OWN], kind: 'NEW' },
    ...{ mirror: draftMirror(['me', 'd']), originalAccountId: undefined, isRestored: false },
  }
}

/** The form, where a page of it would be. */
export async function openCompose(start: ComposeStart): Promise<VueWrapper> {
  const Page = defineComponent({ render: () => h(ComposeForm, { start }) })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: Page }],
  })
  await router.push('/')
  const page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return page
}

/** Presses a button by its words. */
export async function press(page: VueWrapper, name: string): Promise<void> {
  const button = page.findAll('button').find((each) => each.text() === name)
  if (button === undefined) throw new Error(`no button ${name} in ${page.text()}`)
  await button.trigger('click')
  await flushPromises()
}

/** What went out, as the form told its page. */
export const sentBy = (page: VueWrapper) => page.getComponent(ComposeForm).emitted('sent') ?? []
