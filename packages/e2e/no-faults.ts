import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Passes axe and scrolls nowhere sideways. */
export async function expectNoFaults(page: Page, where: string): Promise<void> {
  // Half faded in, no colour is what it will be.
  await page.waitForFunction(
    () => !document.getAnimations().some((running) => running instanceof CSSTransition),
  )
  // Otherwise it opens one more page for each run, which takes longer than the run itself.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect([
    where,
    violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`),
  ]).toEqual([where, []])
  await expectNoOverflow(page, where)
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
