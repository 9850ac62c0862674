import { codeKey } from '@mailroom/shared'

export interface ComboOption {
  readonly value: string
  readonly label: string
  /** Beside the label, to tell it from others. */
  readonly note?: string
  /** Besides label and note, what it is found by. */
  readonly alias?: string
  readonly isDisabled?: boolean
}

/** Those that hold every word of the text; width and case do not matter. */
export function findOptions(options: readonly ComboOption[], text: string): ComboOption[] {
  const words = codeKey(text).split(/\s+/).filter(Boolean)
  return words.length === 0
    ? [...options]
    : options.filter(({ label, note = '', alias = '' }) => {
        const searched = codeKey(`${label}\n${note}\n${alias}`)
        return words.every((word) => searched.includes(word))
      })
}
