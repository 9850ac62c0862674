import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Passes axe and scrolls nowhere sideways. */
export async function expectNoFaults(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect([
    where,
    violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`),
  ]).toEqual([where, []])
  // The page scrolls within its own frame: a window that scrolls too shows a void below it.
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
    return [scrollWidth - clientWidth, scrollHeight - clientHeight]
  })
  expect([where, overflow]).toEqual([where, [0, 0]])
}
