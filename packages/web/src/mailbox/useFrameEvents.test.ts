import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import type { LinkTarget } from './link-target.js'
import TextBody from './TextBody.vue'
import { useFrameEvents } from './useFrameEvents.js'

const [LEFT, MIDDLE, RIGHT] = [0, 1, 2]
const press = (link: Element, type: string, button: number) => {
  const event = new MouseEvent(type, { button, bubbles: true, cancelable: true, composed: true })
  link.dispatchEvent(event)
  return event.defaultPrevented
}

afterEach(() => document.body.replaceChildren())

it('follows a link of HTML by the first and the middle button, and not by that of the menu', () => {
  const follow = vi.fn<(target: LinkTarget) => void>()
  const inner = document.implementation.createHTMLDocument()
  inner.body.innerHTML = '<a href="https://x.example/"><b>x</b></a>'
  useFrameEvents({ follow, point: () => undefined, key: () => undefined }).listen(inner)
  const link = inner.querySelector('b')
  if (link === null) throw new Error('no link')
  expect(press(link, 'auxclick', RIGHT)).toBe(true)
  expect(follow).not.toHaveBeenCalled()
  press(link, 'click', LEFT)
  press(link, 'auxclick', MIDDLE)
  expect(follow.mock.calls.map(([{ href }]) => href)).toEqual(Array(2).fill('https://x.example/'))
})

it('does the same in a message of text alone', () => {
  const body = mount(TextBody, { props: { text: 'see https://x.example/' } })
  const { element } = body.get('a')
  press(element, 'auxclick', RIGHT)
  expect(body.emitted('follow')).toBeUndefined()
  press(element, 'click', LEFT)
  press(element, 'auxclick', MIDDLE)
  expect(body.emitted('follow')).toHaveLength(2)
})
