import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'

interface Sent {
  readonly operationName: string
  readonly variables: Readonly<Record<string, unknown>>
}
type Answers = Readonly<Record<string, (variables: Sent['variables']) => unknown>>

/** What the API answers whoever saves over another version. */
export const staleAt = (version: number) => ({
  errors: [{ message: '', extensions: { code: 'CONFLICT', version } }],
})

/** Answers each operation by its name; what was sent is gathered in the list. */
export function answerWith(answers: Answers): Sent[] {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    const request = JSON.parse(body) as Sent
    sent.push(request)
    const text = JSON.stringify(answers[request.operationName]?.(request.variables))
    return Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } }))
  })
  return sent
}

/** A form where a page of it would be. */
export async function openForm(form: Component): Promise<VueWrapper> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: form }],
  })
  await router.push('/')
  const page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return page
}

export async function saveForm(page: VueWrapper): Promise<void> {
  await page.get('form').trigger('submit')
  await flushPromises()
}

/** What the dialog asks: each field with both versions, and which is chosen. */
export function askedFields(): string[][] {
  return [...document.querySelectorAll('[role="alertdialog"] fieldset')].map((row) => [
    row.querySelector('legend')?.textContent.trim() ?? '',
    ...[...row.querySelectorAll('.break-words')].map((text) => text.textContent),
    row.querySelector<HTMLInputElement>('input:checked')?.value ?? '',
  ])
}

/** Presses a button of the dialog: the first one cancels, the last one saves. */
export async function decide(which: 'cancel' | 'save'): Promise<void> {
  const buttons = document.querySelectorAll<HTMLElement>('[role="alertdialog"] button')
  buttons[which === 'cancel' ? 0 : buttons.length - 1]?.click()
  await flushPromises()
}
