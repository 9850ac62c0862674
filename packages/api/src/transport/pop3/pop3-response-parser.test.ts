import { describe, expect, it } from 'vitest'
import { END, Pop3ResponseParser, Pop3SyntaxError } from './pop3-response-parser.js'
import { RowSplitter } from './pop3-row-splitter.js'

type Wanted = 'status' | 'challenge' | 'content'

/** What a client that expects these responses reads out of pieces. */
function read(wanted: readonly Wanted[], pieces: readonly Buffer[]): unknown[] {
  const parser = new Pop3ResponseParser()
  const waiting = [...pieces]
  const said: unknown[] = []
  const more = (): boolean => {
    const piece = waiting.shift()
    if (piece === undefined) return false
    parser.push(piece)
    return true
  }
  for (const kind of wanted) {
    let content = ''
    for (;;) {
      const value =
        kind === 'status'
          ? parser.status()
          : kind === 'challenge'
            ? parser.statusOrChallenge()
            : parser.content()
      if (value === undefined) {
        if (!more()) return [...said, 'needs more']
      } else if (Buffer.isBuffer(value)) content += value.toString('latin1')
      else {
        said.push(value === END ? content : value)
        break
      }
    }
  }
  while (more());
  return [...said, parser.unread.toString('latin1')]
}

const DIALOGUE = [
  '+OK ready <1.2@a>\r\n',
  '+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n',
  '+ PDE+\r\n',
  '-ERR [SYS/TEMP] later\r\n',
  '+OK 5 octets\r\n..a\r\n\n.\n\r\n.\r\n',
  '+OK\r\n.\r\n',
  '+OK bye\n',
  'rest',
].join('')
const WANTED: readonly Wanted[] = [
  ...(['status', 'status', 'content', 'challenge', 'challenge'] as const),
  ...(['status', 'content', 'status', 'content', 'status'] as const),
]
const READ = [
  { ok: true, code: '', text: 'ready <1.2@a>' },
  { ok: true, code: '', text: '' },
  'USER\r\nSASL PLAIN\r\n',
  { challenge: 'PDE+' },
  { ok: false, code: 'SYS/TEMP', text: '[SYS/TEMP] later' },
  { ok: true, code: '', text: '5 octets' },
  '.a\r\n\n.\n\r\n',
  { ok: true, code: '', text: '' },
  '',
  { ok: true, code: '', text: 'bye' },
  'rest',
]

describe('Pop3ResponseParser', () => {
  it('reads a dialogue the same, in one piece, byte by byte, and cut anywhere', () => {
    const whole = Buffer.from(DIALOGUE, 'latin1')
    expect(read(WANTED, [whole])).toEqual(READ)
    expect(
      read(
        WANTED,
        [...whole].map((byte) => Buffer.from([byte])),
      ),
    ).toEqual(READ)
    for (let cut = 0; cut <= whole.length; cut++) {
      expect(read(WANTED, [whole.subarray(0, cut), whole.subarray(cut)])).toEqual(READ)
    }
  })

  it('needs more wherever the dialogue breaks off', () => {
    const whole = Buffer.from(DIALOGUE.slice(0, -'rest'.length), 'latin1')
    for (let cut = 0; cut < whole.length; cut++) {
      expect(read(WANTED, [whole.subarray(0, cut)]).at(-1)).toBe('needs more')
    }
  })

  it.each([
    ['no status', '* OK hello\r\n'],
    ['a bare CR', '+OK a\rb\r\n'],
    ['a reply line that never ends', `+OK ${'x'.repeat(3_000)}`],
    ['a reply line that ends too late', `+OK ${'x'.repeat(3_000)}\r\n`],
    ['a challenge where none was asked for', '+ \r\n'],
  ])('refuses %s', (_what, text) => {
    expect(() => read(['status'], [Buffer.from(text)])).toThrow(Pop3SyntaxError)
  })

  it('lets a challenge be longer than other lines, and no challenge be endless', () => {
    const challenge = 'A'.repeat(8_000)
    expect(read(['challenge'], [Buffer.from(`+ ${challenge}\r\n`)])[0]).toEqual({ challenge })
    expect(() => read(['challenge'], [Buffer.from(`+ ${'A'.repeat(20_000)}`)])).toThrow('endless')
  })

  it('takes a server at its word that ends lines with LF, but does not wait for its CRLF.CRLF', () => {
    expect(read(['status'], [Buffer.from('+OK hello\n')])).toHaveLength(2)
    expect(() => read(['status', 'content'], [Buffer.from('+OK\na\n.\n')])).toThrow('LF alone')
  })
})

describe('RowSplitter', () => {
  const limits = { maxRows: 3, maxBytes: 100_000 }
  const split = (pieces: readonly Buffer[]) => {
    const splitter = new RowSplitter(limits)
    for (const piece of pieces) splitter.push(piece)
    return splitter.rows
  }

  it('cuts rows at CRLF only, however they come', () => {
    const whole = Buffer.from('1 a\r\n2 b\nc\r\n3 d\re\r\n')
    for (let cut = 0; cut <= whole.length; cut++) {
      const pieces = [whole.subarray(0, cut), whole.subarray(cut)]
      expect(split(pieces)).toEqual(['1 a', '2 b\nc', '3 d\re'])
    }
  })

  it('keeps no more of an endless row than tells that it is too long', () => {
    const long = Buffer.from(`1 ${'\r'.repeat(9_000)}${'x'.repeat(20_000)}\r\n2 b\r\n`)
    const whole = split([long])
    expect(whole[0]?.length).toBe(2_048)
    expect(whole[1]).toBe('2 b')
    expect(split([...long].map((byte) => Buffer.from([byte])))).toEqual(whole)
  })

  it('refuses one row, or byte, more than the limit', () => {
    expect(split([Buffer.from('1\r\n2\r\n3\r\n')])).toHaveLength(3)
    expect(() => split([Buffer.from('1\r\n2\r\n3\r\n4\r\n')])).toThrow('too many rows')
    expect(() => split([Buffer.alloc(100_001, 'x')])).toThrow('endless listing')
  })
})
