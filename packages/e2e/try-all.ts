import { expect, type Page } from '@playwright/test'

/** Longer than anything of a message takes to run or to load here. */
const SETTLE_MS = 700

/**
 * Writes each HTML into a frame of its own, as a page with scripts would, touches all that is in it,
 * and answers which of the numbered ones ran. The frame is the page's own, as often as it is needed;
 * a page without one gets frames that hold nothing.
 */
export async function tryAll(page: Page, parts: readonly string[]): Promise<readonly number[]> {
  const written = await page.evaluate(tryInPage, { parts, settleMs: SETTLE_MS })
  expect(written).toBe(parts.length)
  return page.evaluate(() =>
    Object.keys(window).flatMap((name) => {
      const number = /^__ran(\d+)$/.exec(name)?.[1]
      return number === undefined ? [] : [Number(number)]
    }),
  )
}

/** Runs in the page; answers in how many frames something stood. */
async function tryInPage({ parts, settleMs }: { parts: readonly string[]; settleMs: number }) {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const own = document.querySelector('iframe')
  const copy = () => (own === null ? document.createElement('iframe') : own.cloneNode())
  const place = document.body.appendChild(document.createElement('div'))
  const frames = parts.map(() => copy() as HTMLIFrameElement)
  await Promise.all(
    frames.map(async (frame) => {
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      place.append(frame)
      await loaded
    }),
  )
  for (const [index, frame] of frames.entries()) {
    const inner = frame.contentDocument
    inner?.open()
    inner?.write(parts[index] ?? '')
    inner?.close()
  }
  await wait(settleMs)
  let written = 0
  for (const frame of frames) {
    const all = [...(frame.contentDocument?.querySelectorAll('*') ?? [])]
    if (all.length > 0) written += 1
    for (const each of all) touch(each)
  }
  await wait(settleMs)
  place.remove()
  return written

  function touch(each: Element): void {
    if (/^(https?|mailto):/i.test(each.getAttribute('href') ?? '')) return
    for (const { name } of each.attributes) {
      if (name.startsWith('on')) each.dispatchEvent(new Event(name.slice(2)))
    }
    each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
    each.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
  }
}
