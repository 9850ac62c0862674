import { LANGUAGES, type Language } from '@mailroom/shared'
import { createI18n } from 'vue-i18n'
import type { Messages } from './ja.js'

const STORAGE_KEY = 'mailroom.language'
/** Each language is a file of its own: nobody loads the words of the others. */
const LOADERS: Record<Language, () => Promise<Messages>> = {
  ja: async () => (await import('./ja.js')).ja,
  en: async () => (await import('./en.js')).en,
}

/** The chosen language, otherwise the browser's, otherwise the product's first. */
function firstLanguage(): Language {
  const wanted = [readChoice(), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  for (const tag of wanted) {
    const language = LANGUAGES.find((known) => known === tag)
    if (language !== undefined) return language
  }
  return LANGUAGES[0]
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

const empty: Partial<Record<Language, Messages>> = {}
export const i18n = createI18n({ legacy: false, locale: firstLanguage(), messages: empty })
const loaded = new Set<Language>()
/** The language that was asked for last: an earlier one that arrives late is not shown. */
let wanted: Language = currentLanguage()

/** The language that the screens and the API's answers speak. */
export function currentLanguage(): Language {
  return LANGUAGES.find((known) => known === i18n.global.locale.value) ?? LANGUAGES[0]
}

/** Loads the words of the first language; before that, nothing may be drawn. */
export async function startLanguage(): Promise<void> {
  await show(wanted)
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

async function show(language: Language): Promise<void> {
  wanted = language
  if (!loaded.has(language)) {
    i18n.global.setLocaleMessage(language, await LOADERS[language]())
    loaded.add(language)
  }
  if (wanted !== language) return
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
