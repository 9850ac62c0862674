import { expect, it } from 'vitest'
import { wantedLanguage } from './language.js'

it.each([
  [undefined, undefined],
  ['', undefined],
  ['ja', 'ja'],
  ['ja-JP,ja;q=0.9,en-US;q=0.8', 'ja'],
  ['en;q=0.5, ja;q=0.9', 'ja'],
  ['fr, de', undefined],
  ['fr, ja;q=0.1', 'ja'],
  ['ja;q=0, en;q=0.1', 'en'],
  ['*', undefined],
])('%s asks for %s', (header, language) => {
  expect(wantedLanguage(header)).toBe(language)
})
