import type { Language } from '@mailroom/shared'

/** Each language in its own words, so that whoever needs it can read it. */
export const LANGUAGE_NAMES: Record<Language, string> = { ja: '日本語', en: 'English' }
