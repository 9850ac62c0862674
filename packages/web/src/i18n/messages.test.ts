import { DiagnosisProblem, ErrorCode, problemWords } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import { en as englishOfAll } from './en.js'
import { i18n, setLanguage, withWords } from './i18n.js'
import { ja as japaneseOfAll } from './ja.js'
import { PARTS, type PartName } from './parts.js'
import { useText } from './useText.js'

function leaves(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null
      ? leaves(inner, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(inner)]],
  )
}
const PART_NAMES = Object.keys(PARTS) as PartName[]
const partsOf = async (language: 'ja' | 'en') =>
  Object.assign(
    {},
    ...(await Promise.all(PART_NAMES.map((part) => PARTS[part][language]()))).map(
      ({ words }) => words,
    ),
  ) as object
const ja = { ...japaneseOfAll, ...(await partsOf('ja')) }
const en = { ...englishOfAll, ...(await partsOf('en')) }

const gapsOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join()

describe('the words of a part', () => {
  it('come with the page that needs them, and follow the language', async () => {
    await setLanguage('ja')
    await withWords('token', Promise.resolve())
    const { t } = useText()
    expect(t('tokens.title')).toBe('APIトークン')
    await setLanguage('en')
    expect(t('tokens.title')).toBe('API tokens')
  })
})

describe('the languages', () => {
  it('have the same texts, none of them empty', () => {
    const [japanese, english] = [leaves(ja), leaves(en)]
    expect(english.map(([key]) => key)).toEqual(japanese.map(([key]) => key))
    expect([...japanese, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('fill the same gaps in each text', () => {
    const english = new Map(leaves(en))
    const unlike = leaves(ja).filter(
      ([key, text]) => gapsOf(text) !== gapsOf(english.get(key) ?? ''),
    )
    expect(unlike).toEqual([])
  })

  it('leave no Japanese in the English texts', () => {
    expect(leaves(en).filter(([, text]) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text))).toEqual([])
  })

  it('can all be formatted: none holds a sign that the formatter reads otherwise', async () => {
    for (const part of PART_NAMES) await withWords(part, Promise.resolve())
    for (const language of ['ja', 'en'] as const) {
      await setLanguage(language)
      for (const [key] of leaves(ja)) {
        expect(() => i18n.global.t(key, { count: 2 }, { plural: 2 })).not.toThrow()
      }
    }
  })

  it('word every error code and every problem of a diagnosis', () => {
    for (const language of ['ja', 'en'] as const) {
      const titles = Object.values(DiagnosisProblem).map((one) => problemWords(one, language).title)
      expect(new Set(titles).size).toBe(titles.length)
    }
    for (const code of Object.values(ErrorCode)) expect(ja.errors[code]).toMatch(/。$/)
  })

  it('count in the singular and the plural', async () => {
    const { t } = useText()
    await setLanguage('en')
    expect(t('servers.count', { count: 1 })).toBe('1 server')
    expect(t('servers.count', { count: 10_000 })).toBe('10,000 servers')
    await setLanguage('ja')
    expect(t('servers.count', { count: 10_000 })).toBe('10,000件')
  })
})
