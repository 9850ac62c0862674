import { beforeAll, describe, expect, it } from 'vitest'
import type { OriginalFragment } from '../generated/mail.js'
import { i18n, setLanguage, withWords } from '../i18n/i18n.js'
import { forwarded, forwardSubject, quoted, replySubject, textOf } from './quote.js'

const ORIGINAL: OriginalFragment = {
  ...{ id: '1', accountId: 'a', folder: 'INBOX', subject: '打ち合わせ', cc: [], replyTo: [] },
  from: { name: '山田太郎', address: 'taro@example.jp' },
  to: [{ name: null, address: 'hanako@example.jp' }],
  ...{ date: '2026-11-28T03:04:00Z', storedAt: '2026-11-28T03:05:00Z' },
  ...{ text: '一行目\n> 前の行\n', html: null, attachments: [] },
}
const t = (key: string, values = {}) => i18n.global.t(key, values)

beforeAll(async () => {
  await setLanguage('ja')
  await withWords('compose', Promise.resolve())
})

describe('textOf', () => {
  it('makes hostile HTML the text that can be read in it, and nothing else', () => {
    const html = [
      '<p>こんにちは。<script>steal()</script></p><style>p{color:red}</style>',
      '<img src="https://tracker.example/x.gif" onerror="steal()"><p>改行<br>あり</p>',
      '<a href="javascript:steal()">押す</a><svg onload="steal()"></svg>&lt;b&gt;',
    ].join('')
    expect(textOf({ text: null, html })).toBe('こんにちは。\n\n改行\nあり\n押す<b>')
  })
  it('prefers the text that came along', () => {
    expect(textOf({ text: 'plain', html: '<p>rich</p>' })).toBe('plain')
  })
})

describe('quoted', () => {
  it('puts who wrote when before the lines, each behind ">"', () => {
    const lines = quoted(ORIGINAL, t, 'ja').split('\n')
    expect(lines.slice(0, 2)).toEqual(['', ''])
    expect(lines[2]).toMatch(/^2026年11月28日\(土\).* 山田太郎 <taro@example\.jp>:$/)
    expect(lines.slice(3)).toEqual(['> 一行目', '>> 前の行'])
  })
})

describe('forwarded', () => {
  it('names what is passed on before its text', () => {
    const text = forwarded(ORIGINAL, t, 'ja')
    expect(text).toContain('差出人: 山田太郎 <taro@example.jp>')
    expect(text).toContain('件名: 打ち合わせ')
    expect(text).toContain('宛先: hanako@example.jp')
    expect(text).toContain('\n\n一行目\n> 前の行')
  })
})

it('marks a subject once', () => {
  expect(replySubject('Re: 見積')).toBe('Re: 見積')
  expect(replySubject('見積')).toBe('Re: 見積')
  expect(forwardSubject('FW: 見積')).toBe('FW: 見積')
  expect(forwardSubject('Re: 見積')).toBe('Fwd: Re: 見積')
})
