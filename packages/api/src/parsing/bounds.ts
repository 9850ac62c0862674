import { cutBytes, toDbLine, toDbText } from './db-text.ts'

/** Keeps what a message has within its limits, and remembers whether anything was longer. */
export class Bounds {
  isCut = false

  line(text: string, maxLength: number): string {
    const whole = toDbLine(text)
    return this.#noted(whole, toDbLine(whole, maxLength))
  }

  text(text: string, maxBytes: number): string {
    const whole = toDbText(text)
    return this.#noted(whole, cutBytes(whole, maxBytes))
  }

  first<Item>(items: readonly Item[], count: number): readonly Item[] {
    return this.#noted(items, items.length > count ? items.slice(0, count) : items)
  }

  last<Item>(items: readonly Item[], count: number): readonly Item[] {
    return this.#noted(items, items.length > count ? items.slice(-count) : items)
  }

  #noted<Kept extends { readonly length: number }>(whole: Kept, kept: Kept): Kept {
    if (kept.length < whole.length) this.isCut = true
    return kept
  }
}
