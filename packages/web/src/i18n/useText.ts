import { computed } from 'vue'
import { currentLanguage, i18n } from './i18n.js'
import type { Messages } from './ja.js'
import type { PartWords } from './parts.js'

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>
}[keyof T & string]

/** The name of one text; a misspelt one fails the build. */
export type MessageKey = Leaves<Messages & PartWords>
/** What fills a text's gaps; `count` also chooses between singular and plural. */
export type MessageValues = Readonly<Record<string, string | number>>
export type Translate = (key: MessageKey, values?: MessageValues) => string

/** Texts, dates and numbers in the chosen language; follows it when it changes. */
export function useText() {
  const language = computed(currentLanguage)
  const t: Translate = (key, values = {}) => {
    const count = values['count']
    return typeof count === 'number'
      ? i18n.global.t(key, { ...values, count: number(count) }, { plural: count })
      : i18n.global.t(key, values)
  }
  const number = (value: number) => new Intl.NumberFormat(language.value).format(value)
  const dateTime = (instant: string) =>
    new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(instant),
    )
  const dateTimeWithSeconds = (instant: string) =>
    new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeStyle: 'medium' }).format(
      new Date(instant),
    )
  const date = (instant: string) =>
    new Intl.DateTimeFormat(language.value, { dateStyle: 'medium' }).format(new Date(instant))
  return { t, number, dateTime, dateTimeWithSeconds, date, language }
}
