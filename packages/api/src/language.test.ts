import { expect, it } from 'vitest'
import { languageOf } from './language.js'

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ja', 'ja'],
  ['ja-JP,ja;q=0.9,en-US;q=0.8', 'ja'],
  ['en;q=0.5, ja;q=0.9', 'ja'],
  ['fr, de', 'en'],
  ['fr, ja;q=0.1', 'ja'],
  ['ja;q=0, en;q=0.1', 'en'],
  ['*', 'en'],
])('%s is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
