import { expect, type Page } from '@playwright/test'
import { findCanaries, type Canary } from '../api/test/support/canary.js'

/** Looks for secrets in everything that a page leaves behind, and in what it has said since it was opened. */
export class TraceSearch {
  readonly #said: string[] = []

  constructor(private readonly page: Page) {
    page.on('console', (message) => this.#said.push(message.text()))
    page.on('pageerror', (error) => this.#said.push(String(error.stack)))
    page.on('framenavigated', (frame) => this.#said.push(frame.url()))
  }

  /** Where they are: in the document, storage, addresses and messages; with `inFields` also what is typed. */
  async find(canaries: readonly Canary[], { inFields = true } = {}): Promise<string[]> {
    const left = await this.page.evaluate(leftBehind)
    const places = Object.entries({ ...left, console: this.#said.join('\n') })
      .filter(([name]) => inFields || name !== 'fields')
      .map(([name, text]) => ({ name, bytes: Buffer.from(text) }))
    return findCanaries(canaries, places)
  }

  /** They are typed, and nowhere but in their fields; after a reload not even there. */
  async expectNone(canaries: readonly Canary[]): Promise<void> {
    expect(await this.find(canaries, { inFields: false })).toEqual([])
    await this.page.reload()
    await this.page.getByRole('heading', { level: 1 }).waitFor()
    await this.page.waitForLoadState('networkidle')
    expect(await this.find(canaries)).toEqual([])
  }
}

/** Runs in the page. */
async function leftBehind() {
  const fields = [...document.querySelectorAll('input, textarea, select')]
  return {
    document: document.documentElement.outerHTML,
    fields: fields.map((field) => ('value' in field ? String(field.value) : '')).join('\n'),
    address: location.href + JSON.stringify(history.state),
    cookies: document.cookie,
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    databases: JSON.stringify(await indexedDB.databases()),
    caches: JSON.stringify(await caches.keys()),
    window: window.name,
  }
}
