import type { Language as SharedLanguage } from '@mailroom/shared'
import { registerEnumType } from 'type-graphql'

/** Keys equal values, as those of every enum of the schema. */
export const Language = { ja: 'ja', en: 'en' } as const satisfies {
  [Each in SharedLanguage]: Each
}
export type Language = SharedLanguage

registerEnumType(Language, {
  name: 'Language',
  description: 'A language that the product speaks, by its ISO 639 code.',
})
