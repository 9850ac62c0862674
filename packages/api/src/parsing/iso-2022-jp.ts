import iconv from 'iconv-lite'

const ESCAPE = 0x1b
const LINE_FEED = 0x0a
const SHIFT_OUT = 0x0e
const SHIFT_IN = 0x0f
const REPLACEMENT = '\uFFFD'

type CharacterSet = 'ascii' | 'kanji' | 'supplement' | 'kana' | 'pictures'

/** What follows ESC: RFC 1468, RFC 1554, ISO-2022-JP-3 and 2004, and the pictures of SoftBank's telephones. */
const SETS: readonly (readonly [sequence: string, set: CharacterSet])[] = [
  ['(B', 'ascii'],
  ['(J', 'ascii'],
  ['(H', 'ascii'],
  ['(I', 'kana'],
  ['$@', 'kanji'],
  ['$B', 'kanji'],
  ['$(@', 'kanji'],
  ['$(B', 'kanji'],
  ['$(O', 'kanji'],
  ['$(Q', 'kanji'],
  ['$(D', 'supplement'],
  ...['$E', '$F', '$G', '$O', '$P', '$Q'].map((sequence) => [sequence, 'pictures'] as const),
]

/** Whether bytes switch to Japanese by ISO-2022-JP's escapes; what a terminal writes does not look like it. */
export function hasJapaneseEscape(bytes: Buffer): boolean {
  // eslint-disable-next-line no-control-regex -- the escape is what it looks for
  return bytes.includes(ESCAPE) && /\x1b(?:\$[@B]|\$\([BDOQ]|\([IJ])/.test(bytes.toString('latin1'))
}

/**
 * Reads ISO-2022-JP and what is sent under its name: NEC's row 13, IBM's characters, half-width
 * kana by ESC ( I or by SO and SI, and bytes of another charset in between.
 *
 * @param decodeOther reads a run outside of the escapes that has bytes above 0x7f
 */
export function decodeIso2022Jp(bytes: Buffer, decodeOther: (run: Buffer) => string): string {
  const texts: string[] = []
  let set: CharacterSet = 'ascii'
  let start = 0
  const close = (end: number, next: CharacterSet, resumeAt: number) => {
    if (end > start) texts.push(decodeRun(bytes.subarray(start, end), set, decodeOther))
    set = next
    start = resumeAt
  }
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === ESCAPE) {
      const found = findSet(bytes, i + 1)
      if (found === undefined) continue
      close(i, found[1], i + 1 + found[0].length)
      i = start - 1
    } else if (byte === SHIFT_OUT) {
      close(i, 'kana', i + 1)
    } else if (byte === SHIFT_IN) {
      close(i, 'ascii', i + 1)
    } else if (byte === LINE_FEED && set !== 'ascii') {
      // Every line starts in ASCII (RFC 1468); an escape left open must not take the rest along.
      close(i, 'ascii', i)
    }
  }
  close(bytes.length, 'ascii', bytes.length)
  return texts.join('')
}

function findSet(bytes: Buffer, at: number): (typeof SETS)[number] | undefined {
  // Most escapes of a text that is none are told by one byte.
  if (bytes[at] !== 0x24 && bytes[at] !== 0x28) return undefined
  const next = bytes.toString('latin1', at, at + 3)
  return SETS.find(([sequence]) => next.startsWith(sequence))
}

function decodeRun(run: Buffer, set: CharacterSet, decodeOther: (run: Buffer) => string): string {
  switch (set) {
    case 'ascii':
      return run.some((byte) => byte > 0x7f)
        ? decodeOther(run)
        : run.toString('latin1').replaceAll('\x1b', REPLACEMENT)
    case 'kana':
      return Array.from(run, (byte) => {
        const position = (byte & 0x7f) - 0x21
        return position >= 0 && position <= 0x3e
          ? String.fromCharCode(0xff61 + position)
          : String.fromCharCode(byte)
      }).join('')
    case 'pictures':
      return REPLACEMENT.repeat(run.length)
    case 'kanji':
      return iconv.decode(Buffer.from(toEucJp(run, [])), 'euc-jp')
    case 'supplement':
      return iconv.decode(Buffer.from(toEucJp(run, [0x8f])), 'euc-jp')
  }
}

/** The same rows and cells with the high bits set, which is EUC-JP; 0xff, which is nothing in it, for what is no pair. */
function toEucJp(run: Buffer, prefix: readonly number[]): number[] {
  const euc: number[] = []
  for (let i = 0; i < run.length; i++) {
    const first = run[i] ?? 0
    const second = run[i + 1] ?? 0
    if (first <= 0x20) {
      euc.push(first)
    } else if (isCell(first) && isCell(second)) {
      euc.push(...prefix, first | 0x80, second | 0x80)
      i++
    } else {
      euc.push(0xff)
    }
  }
  return euc
}

function isCell(byte: number): boolean {
  return byte >= 0x21 && byte <= 0x7e
}
