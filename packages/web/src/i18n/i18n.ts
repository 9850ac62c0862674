import { LANGUAGES, type Language } from '@mailroom/shared'
import { createI18n } from 'vue-i18n'
import { en } from './en.js'
import { ja, type Messages } from './ja.js'

const STORAGE_KEY = 'mailroom.language'
const messages: Record<Language, Messages> = { ja, en }

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

export const i18n = createI18n({
  legacy: false,
  locale: firstLanguage(),
  fallbackLocale: LANGUAGES[0],
  messages,
})

/** The language that the screens and the API's answers speak. */
export function currentLanguage(): Language {
  return LANGUAGES.find((known) => known === i18n.global.locale.value) ?? LANGUAGES[0]
}

/** Changes every screen at once and remembers the choice in this browser. */
export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
  try {
    localStorage.setItem(STORAGE_KEY, language)
  } catch {
    // Storage can be forbidden: the choice then holds until the page is closed.
  }
}
