import { describe, expect, it } from 'vitest'
import {
  parseApopStamp,
  parseCapa,
  parsePop3Challenge,
  parsePop3Status,
  parseStat,
} from './pop3-parser.js'

describe('parsePop3Status', () => {
  it.each([
    ['+OK', { ok: true, code: '', text: '' }],
    ['+OK hello', { ok: true, code: '', text: 'hello' }],
    ['-ERR [in-use] busy', { ok: false, code: 'IN-USE', text: '[in-use] busy' }],
    ['-ERR [SYS/TEMP] later', { ok: false, code: 'SYS/TEMP', text: '[SYS/TEMP] later' }],
    ['-err no', { ok: false, code: '', text: 'no' }],
  ])('reads %j', (line, status) => {
    expect(parsePop3Status(line)).toEqual(status)
  })

  it.each(['', '+', '+OKAY', '-ERROR', '* OK', '220 smtp', ' +OK'])(
    'takes %j for no status',
    (line) => {
      expect(parsePop3Status(line)).toBeUndefined()
    },
  )
})

describe('parsePop3Challenge', () => {
  it.each([
    ['+', ''],
    ['+ ', ''],
    ['+ PDE4OTY=', 'PDE4OTY='],
    ['+OK', undefined],
    ['-ERR no', undefined],
    ['', undefined],
  ])('turns %j into %j', (line, challenge) => {
    expect(parsePop3Challenge(line)).toBe(challenge)
  })
})

describe('parseApopStamp', () => {
  it('finds the stamp with its angle brackets', () => {
    expect(parseApopStamp('ready <1896.697@dbc.mtview>')).toBe('<1896.697@dbc.mtview>')
  })

  it.each([
    'ready',
    '<>',
    '<a>',
    '<a@>',
    '<@b>',
    '<a@b@c>',
    '<a b@c>',
    '<a@b\u0001>',
    '<é@b>',
    '<a@b',
  ])('refuses %j: a false server would choose its stamps so', (greeting) => {
    expect(parseApopStamp(greeting)).toBeUndefined()
  })
})

describe('parseStat and parseCapa', () => {
  it('reads count and bytes', () => {
    expect(parseStat('3 1024')).toEqual({ count: 3, bytes: 1024 })
    expect(parseStat('3 1024 extra')).toEqual({ count: 3, bytes: 1024 })
  })

  it.each(['3', '3 -1', '3 x', '3 1000000000000000000'])(
    'takes the size in STAT %j for a hint: the count is enough',
    (text) => {
      expect(parseStat(text)).toEqual({ count: 3, bytes: undefined })
    },
  )

  it.each(['', '-1 5', '3x 5', '1e3 5', '99999999999999999999 1'])('refuses STAT %j', (text) => {
    expect(parseStat(text)).toBeUndefined()
  })

  it('reads capabilities without regard to case', () => {
    expect(parseCapa(['user', 'SASL PLAIN LOGIN']).get('USER')).toEqual([])
    expect(parseCapa(['user', 'SASL PLAIN LOGIN']).get('SASL')).toEqual(['PLAIN', 'LOGIN'])
  })
})
