import { LANGUAGES, type Language } from '@mailroom/shared'
import { createI18n } from 'vue-i18n'
import type { Messages } from './ja.js'
import { PARTS, type PartName } from './parts.js'

const STORAGE_KEY = 'mailroom.language'
/** Each language is a file of its own: nobody loads the words of the others. */
const LOADERS: Record<Language, () => Promise<Messages>> = {
  ja: async () => (await import('./ja.js')).ja,
  en: async () => (await import('./en.js')).en,
}

/** Longer than this nobody waits for words. */
const ASK_MS = 2_000

/** The chosen language, otherwise the browser's; undefined where we speak neither. */
function ownLanguage(): Language | undefined {
  const wanted = [readChoice(), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  return wanted.map(knownLanguage).find((language) => language !== undefined)
}

/** The installation's, as its administrator set it; the product's first where it cannot be asked. */
async function defaultLanguage(): Promise<Language> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ defaultLanguage }' }),
      signal: AbortSignal.timeout(ASK_MS),
    })
    const answer: unknown = await response.json()
    return LANGUAGES.find((known) => JSON.stringify(answer).includes(`"${known}"`)) ?? LANGUAGES[0]
  } catch {
    return LANGUAGES[0]
  }
}

const knownLanguage = (tag: string | null) => LANGUAGES.find((known) => known === tag)

function readChoice(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

const empty: Partial<Record<Language, Messages>> = {}
export const i18n = createI18n({
  legacy: false,
  locale: ownLanguage() ?? LANGUAGES[0],
  messages: empty,
})
/** What is there of each language; its own words count as the part `undefined`. */
const loaded: Record<Language, Set<PartName | undefined>> = { ja: new Set(), en: new Set() }
/** The parts that some page has asked for so far. */
const parts = new Set<PartName>()
/** The language that was asked for last: an earlier one that arrives late is not shown. */
let wanted: Language = currentLanguage()

/** The language that the screens and the API's answers speak. */
export function currentLanguage(): Language {
  return LANGUAGES.find((known) => known === i18n.global.locale.value) ?? LANGUAGES[0]
}

/** Loads the words of the first language; before that, nothing may be drawn. */
export async function startLanguage(): Promise<void> {
  await show(ownLanguage() ?? (await defaultLanguage()))
}

/** Changes every screen at once, when the words are there, and remembers the choice in this browser. */
export async function setLanguage(language: Language): Promise<void> {
  await show(language)
  if (wanted !== language) return
  try {
    localStorage.setItem(STORAGE_KEY, language)
  } catch {
    // Storage can be forbidden: the choice then holds until the page is closed.
  }
}

/**
 * A page with the words that it alone needs; both are fetched at the same time.
 *
 * @param part whose words
 * @param page what import() gives
 */
export async function withWords<Page>(part: PartName, page: Promise<Page>): Promise<Page> {
  parts.add(part)
  const [loadedPage] = await Promise.all([page, loadPart(wanted, part)])
  return loadedPage
}

async function show(language: Language): Promise<void> {
  wanted = language
  await Promise.all([loadOwn(language), ...[...parts].map((part) => loadPart(language, part))])
  if (wanted !== language) return
  i18n.global.locale.value = language
  document.documentElement.lang = language
}

async function loadOwn(language: Language): Promise<void> {
  if (loaded[language].has(undefined)) return
  i18n.global.mergeLocaleMessage(language, await LOADERS[language]())
  loaded[language].add(undefined)
}

async function loadPart(language: Language, part: PartName): Promise<void> {
  if (loaded[language].has(part)) return
  i18n.global.mergeLocaleMessage(language, (await PARTS[part][language]()).words)
  loaded[language].add(part)
}
