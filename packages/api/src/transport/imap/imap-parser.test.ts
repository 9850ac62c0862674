import { describe, expect, it } from 'vitest'
import {
  capabilitiesOfCode,
  literalLength,
  parseImapResponse,
  quoteImapString,
} from './imap-parser.js'

describe('parseImapResponse', () => {
  it.each([
    ['+', { kind: 'continuation', text: '' }],
    ['+ go on', { kind: 'continuation', text: 'go on' }],
    ['* OK hello', { kind: 'status', tag: '*', status: 'OK', code: '', text: 'hello' }],
    [
      'A1 no [AUTHENTICATIONFAILED] x',
      { kind: 'status', tag: 'A1', status: 'NO', code: 'AUTHENTICATIONFAILED', text: 'x' },
    ],
    ['* PREAUTH in', { kind: 'status', tag: '*', status: 'PREAUTH', code: '', text: 'in' }],
    [
      '* CAPABILITY IMAP4rev1 AUTH=PLAIN',
      { kind: 'capability', capabilities: ['IMAP4rev1', 'AUTH=PLAIN'] },
    ],
    ['* 23 EXISTS', { kind: 'exists', count: 23 }],
    ['* SEARCH 1 2 3', { kind: 'search', count: 3 }],
    ['* SEARCH', { kind: 'search', count: 0 }],
    ['* FLAGS (\\Seen)', { kind: 'other' }],
  ])('reads %j', (line, response) => {
    expect(parseImapResponse(line)).toEqual(response)
  })

  it.each(['', '*', '220 smtp.example ESMTP', '+OK pop', 'SSH-2.0-x', 'A1 SEARCH 1', '* '])(
    'takes %j for no IMAP',
    (line) => {
      expect(parseImapResponse(line)).toBeUndefined()
    },
  )
})

describe('literalLength', () => {
  it.each([
    ['* 1 FETCH {12}', 12],
    ['x {0}', 0],
    ['x {7+}', 7],
    ['x {-1}', undefined],
    ['x {12} y', undefined],
    ['x', undefined],
  ])('finds %j to announce %j', (line, length) => {
    expect(literalLength(line)).toBe(length)
  })
})

describe('quoteImapString', () => {
  it('escapes quotes and backslashes', () => {
    expect(quoteImapString('a"b\\c d')).toBe('"a\\"b\\\\c d"')
  })

  it.each(['日本語', 'a\tb', 'a\u007f'])('leaves %j to a literal', (text) => {
    expect(quoteImapString(text)).toBeUndefined()
  })
})

it('reads the capabilities that a status carries', () => {
  expect(capabilitiesOfCode('CAPABILITY IMAP4rev1 IDLE')).toEqual(['IMAP4rev1', 'IDLE'])
  expect(capabilitiesOfCode('ALERT')).toBeUndefined()
})
