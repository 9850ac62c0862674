import { randomBytes } from 'node:crypto'
import { canaryOf, createCanary, type Canary } from '../canary.js'
import type { SecretInput } from './secret-inputs.js'

/** A text that is no secret, planted the same way: where it is not found, nothing would be. */
export const MARKER = canaryOf('marker', `mark${randomBytes(8).toString('hex')}`)

/** Every secret that is planted, by where. */
export class Canaries {
  readonly #byName = new Map<string, Canary>()

  get names(): string[] {
    return [...this.#byName.keys()]
  }

  get all(): Canary[] {
    return [...this.#byName.values()]
  }

  /** A secret of ours for an input; several kinds of requests need one of their own. */
  for(input: SecretInput | `${string}_${string}`, use = ''): string {
    const name = `${input} ${use}`.trim()
    const known = this.#byName.get(name) ?? createCanary(name)
    this.#byName.set(name, known)
    return known.text
  }

  /** A secret that somebody else made. */
  keep(name: string, text: string | undefined): string {
    if (text === undefined || text.length < 20) throw new Error(`no ${name}`)
    this.#byName.set(name, canaryOf(name, text))
    return text
  }

  called(text: string): Canary {
    const found = this.all.find((each) => each.text === text)
    if (found === undefined) throw new Error('no such canary')
    return found
  }
}
