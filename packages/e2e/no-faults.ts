import axe from 'axe-core'
import { expect, type Page } from '@playwright/test'

declare global {
  interface Window {
    axe?: typeof axe
  }
}

/** Passes axe and scrolls nowhere sideways. */
export async function expectNoFaults(page: Page, where: string): Promise<void> {
  // A change of theme is heard with the next frame, and drawn with the one after.
  await page.evaluate(
    () =>
      new Promise<void>((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(() => drawn()))
      }),
  )
  // Half faded in, no colour is what it will be.
  await page.waitForFunction(
    () => !document.getAnimations().some((running) => running instanceof CSSTransition),
  )
  expect([where, await violationsOf(page)]).toEqual([where, []])
  await expectNoOverflow(page, where)
}

/** Given to a page once: handing it over takes longer than what it does (@axe-core/playwright does each time). */
async function violationsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const found = await window.axe?.run(document, { resultTypes: ['violations'] })
    return (
      found?.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      ) ?? ['axe is not there']
    )
  })
}

/** Only the frame's main part scrolls, and only up and down: a window that scrolls too shows a void. */
async function overflowOf(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
    const main = document.getElementById('main')
    const sideways = main === null ? 0 : main.scrollWidth - main.clientWidth
    return [scrollWidth - clientWidth, scrollHeight - clientHeight, sideways]
  })
}

export async function expectNoOverflow(page: Page, where: string): Promise<void> {
  expect([where, await overflowOf(page)]).toEqual([where, [0, 0, 0]])
}
