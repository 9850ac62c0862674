import { describe, expect, it } from 'vitest'
import { DotDecoder } from './pop3-dot-decoder.js'

/** The content of `response` when it comes in these pieces, and what is left behind its end. */
function decode(pieces: readonly Buffer[]): { content: string; rest: string; isEnd: boolean } {
  const decoder = new DotDecoder()
  let content = ''
  for (const [index, piece] of pieces.entries()) {
    const decoded = decoder.decode(piece)
    content += decoded.content.toString('latin1')
    if (!decoded.isEnd) continue
    const rest = Buffer.concat([piece.subarray(decoded.consumed), ...pieces.slice(index + 1)])
    return { content, rest: rest.toString('latin1'), isEnd: true }
  }
  return { content, rest: '', isEnd: false }
}

const bytes = (text: string) => Buffer.from(text, 'latin1')
const oneByOne = (text: string) => [...bytes(text)].map((byte) => Buffer.from([byte]))

const ENDED: readonly [string, string][] = [
  ['.\r\n', ''],
  ['\r\n.\r\n', '\r\n'],
  ['a\r\n.\r\n', 'a\r\n'],
  ['..\r\n.\r\n', '.\r\n'],
  ['...\r\n.\r\n', '..\r\n'],
  ['..x\r\n.y\r\n.\r\n', '.x\r\ny\r\n'],
  ['a\r\n..\r\nb\r\n.\r\n', 'a\r\n.\r\nb\r\n'],
  // A line end is CRLF and nothing else: all these dots are content.
  ['a\n.\nb\r\n.\r\n', 'a\n.\nb\r\n'],
  ['a\r.\rb\r\n.\r\n', 'a\r.\rb\r\n'],
  ['a\n.\r\nb\r\n.\r\n', 'a\n.\r\nb\r\n'],
  ['a\r\n.\nb\r\n.\r\n', 'a\r\n\nb\r\n'],
  ['a\r\n.\rb\r\n.\r\n', 'a\r\n\rb\r\n'],
  ['a\r\n.\r\r\nb\r\n.\r\n', 'a\r\n\r\r\nb\r\n'],
  ['a\r\r\n.\r\n', 'a\r\r\n'],
  ['a\r\n\r\n.\r\n', 'a\r\n\r\n'],
  ['\r\r\n.\r\n', '\r\r\n'],
  ['\u0000\u00ff\r\n.\r\n', '\u0000\u00ff\r\n'],
  [`..${'x'.repeat(200)}\r\n.\r\n`, `.${'x'.repeat(200)}\r\n`],
]

describe('DotDecoder', () => {
  it.each(ENDED)('takes the content out of %j', (response, content) => {
    const expected = { content, rest: '+OK next\r\n', isEnd: true }
    const whole = `${response}+OK next\r\n`
    expect(decode([bytes(whole)])).toEqual(expected)
    expect(decode(oneByOne(whole))).toEqual(expected)
  })

  it.each(ENDED)('reads %j the same wherever it is cut in two or three', (response, content) => {
    const whole = bytes(`${response}+OK\r\n`)
    for (let first = 0; first <= whole.length; first++) {
      for (let second = first; second <= whole.length; second++) {
        const cut = [
          whole.subarray(0, first),
          whole.subarray(first, second),
          whole.subarray(second),
        ]
        expect(decode(cut)).toEqual({ content, rest: '+OK\r\n', isEnd: true })
      }
    }
  })

  it.each(['a', 'a\r\n', 'a\r\n.', 'a\r\n.\r', 'a\n.\n', 'a\r.\r', '.\n', 'a\r\n.\r\r\n'])(
    'sees no end in %j',
    (response) => {
      expect(decode([bytes(response)]).isEnd).toBe(false)
      expect(decode(oneByOne(response)).isEnd).toBe(false)
    },
  )

  it('brings every content back as it was before it was stuffed', () => {
    const alphabet = ['\r', '\n', '.', '\r\n', '\r\n.', 'a', '\u00e9']
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 2_000; round++) {
      const parts = Array.from(
        { length: random(12) },
        () => alphabet[random(alphabet.length)] ?? '',
      )
      const content = `${parts.join('')}\r\n`
      const stuffed = `${content.replace(/(^|\r\n)\./g, '$1..')}.\r\n`
      const cut = random(stuffed.length)
      expect(decode([bytes(stuffed.slice(0, cut)), bytes(stuffed.slice(cut))])).toEqual({
        content,
        rest: '',
        isEnd: true,
      })
    }
  })

  it('copies nothing where there is nothing to take out', () => {
    const piece = bytes('a line\r\nanother\r\n')
    const { content } = new DotDecoder().decode(piece)
    expect(content.buffer).toBe(piece.buffer)
  })
})
