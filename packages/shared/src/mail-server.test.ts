import { expect, it } from 'vitest'
import { codeKey, usualIncomingPort, usualOutgoingPort } from './mail-server.js'
import { isPlainText, textLength, toHalfWidth } from './text.js'

it('compares codes without regard to width, case, form and spaces around them', () => {
  for (const spelling of ['ＭＡＩＬ０１', ' mail01 ', 'Mail01'])
    expect(codeKey(spelling)).toBe('mail01')
  expect(codeKey('Stra\u00dfe')).toBe(codeKey('STRASSE'))
  expect(codeKey('ｶﾞ')).toBe(codeKey('ガ'))
  expect(codeKey('cafe\u0301')).toBe(codeKey('CAF\u00c9'))
  expect(codeKey('mail-1')).not.toBe(codeKey('mail1'))
})

it('knows the usual ports', () => {
  expect((['NONE', 'SSL', 'TLS'] as const).map(usualOutgoingPort)).toEqual([25, 465, 587])
  expect((['NONE', 'SSL', 'TLS'] as const).map((e) => usualIncomingPort('POP3', e))).toEqual([
    110, 995, 110,
  ])
  expect((['NONE', 'SSL', 'TLS'] as const).map((e) => usualIncomingPort('IMAP4', e))).toEqual([
    143, 993, 143,
  ])
})

it('turns full-width digits, letters and signs into half-width ones', () => {
  expect(toHalfWidth('　２５ ')).toBe('25')
  expect(toHalfWidth('ｓｍｔｐ．ａ－ｂ')).toBe('smtp.a-b')
  expect(toHalfWidth('本社')).toBe('本社')
})

it('counts as people do', () => {
  expect(textLength('𠮷野家')).toBe(3)
})

it('refuses text that cannot be stored or that disguises itself', () => {
  expect(['本社 1', 'a\u200db', '👩‍💻'].map(isPlainText)).toEqual([true, true, true])
  expect(['a\u0000', 'a\nb', '\u202eabc', 'a\ud800', '\udc00a', '\u2028'].map(isPlainText)).toEqual(
    Array<boolean>(6).fill(false),
  )
})
