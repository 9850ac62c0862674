import { LANGUAGES, type Language } from '@mailroom/shared'

/** A sentence in each language that the product speaks. */
export type Sentence = Readonly<Record<Language, string>>

/**
 * The caller's language from an Accept-Language header (RFC 9110 section 12.5.4): the wanted one with
 * the highest weight that we speak; undefined where there is none.
 */
export function wantedLanguage(acceptLanguage: string | undefined): Language | undefined {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.trim().toLowerCase().split(';')
      const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((v) => v !== undefined)
      return { tag: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of wanted) {
    const language = LANGUAGES.find((known) => known === tag)
    if (language !== undefined) return language
  }
  return undefined
}
