import iconv from 'iconv-lite'
import libmime from 'libmime'
import { decodeIso2022Jp, hasJapaneseEscape } from './iso-2022-jp.ts'

const JIS = 'iso-2022-jp'
const SHIFT_JIS = 'shift_jis'
const EUC_JP = 'euc-jp'
const WESTERN = 'windows-1252'
const UTF_8 = 'utf-8'

/** Names that senders use for the Japanese charsets beyond what the libraries know. */
const JAPANESE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:cs|x-)?(?:iso-?2022-?jp|jis$|jis7|jis8|cp5022[0-2]|windows-5022[0-2])/, JIS],
  [
    /^(?:cs|x-)?(?:s-?jis|shift[-_]?jis|ms[-_]?kanji|windows-?31j|(?:x-)?(?:ms-?|windows-|cp-?)932|ms-cp932)/,
    SHIFT_JIS,
  ],
  [/^(?:cs|x-)?(?:euc-?jp|eucjp|euc$|ujis|cp51932|windows-51932|eucpkdfmtjapanese)/, EUC_JP],
]
/** Names that say nothing: what is in such a text has to be found out. */
const UNSAID =
  /^(?:|(?:us-?)?ascii|ansi_x3.*|unknown.*|x-unknown|default|none|.?7bit|8bit|binary|base64|hex)$/
/** Seven bits that mean more than ASCII; only their label says so. */
const NOT_ASCII = /^(?:utf-?7|unicode-?1-?1-?utf-?7|utf-?16|utf-?32|ucs-?[24]|hz)/
const LABEL_MAX_LENGTH = 100
/** What Shift_JIS in half-width kana gains when it is read as EUC-JP, and some more. */
const MISLABELLED_MARGIN = 0.6
const SCORED_LENGTH = 8_192

/**
 * Reads bytes of a message as text. The label is believed only as far as the bytes bear it out:
 * Japanese mail is sent without one, or under a wrong one.
 *
 * @param declared what the sender called it, if anything; never throws, whatever it is
 */
export function decodeText(bytes: Buffer, declared: string | null): string {
  const label = toLabel(declared)
  if (label !== null && NOT_ASCII.test(label)) return iconv.decode(bytes, label)
  if (
    hasJapaneseEscape(bytes) ||
    (label === JIS && (bytes.includes(0x0e) || bytes.includes(0x1b)))
  ) {
    return decodeIso2022Jp(bytes, (run) => readUtf8(run) ?? guessText(run, WESTERN))
  }
  if (!bytes.some((byte) => byte > 0x7f)) return bytes.toString('latin1')
  const utf8 = readUtf8(bytes)
  switch (label) {
    case null:
    case UTF_8:
      return utf8 ?? guessText(bytes, label ?? WESTERN)
    case JIS:
      return utf8 ?? guessText(bytes, WESTERN)
    case SHIFT_JIS:
    case EUC_JP:
      return decodeJapanese(bytes, label, utf8)
    case WESTERN:
      // Valid UTF-8 of several bytes makes no sense in a Western text.
      return utf8 ?? guessText(bytes, WESTERN)
    default:
      return iconv.decode(bytes, label)
  }
}

/** A name that iconv knows, or null where none was given or nobody knows it. */
function toLabel(declared: string | null): string | null {
  const name = (declared ?? '')
    .slice(0, LABEL_MAX_LENGTH)
    .trim()
    .toLowerCase()
    .replace(/^["']+|["']+$/g, '')
  const japanese = JAPANESE_NAMES.find(([names]) => names.test(name))
  if (japanese !== undefined) return japanese[1]
  if (UNSAID.test(name)) return null
  const canonical = libmime.normalizeCharset(name).toLowerCase()
  if (/^(?:utf-?8|cesu-?8|unicode-1-1-utf-8)$/.test(canonical)) return UTF_8
  if (/^(?:iso-8859-1|windows-1252|latin-?1)$/.test(canonical)) return WESTERN
  return iconv.encodingExists(canonical) ? canonical : null
}

function readUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder(UTF_8, { fatal: true }).decode(bytes)
  } catch {
    // fatal throws a TypeError for bytes that are no UTF-8, and nothing else can be wrong here
    return null
  }
}

/** What was labelled Japanese: believed, unless something else is read better, and not by chance. */
function decodeJapanese(bytes: Buffer, label: string, utf8: string | null): string {
  const believed = iconv.decode(bytes, label)
  const other = iconv.decode(bytes, label === SHIFT_JIS ? EUC_JP : SHIFT_JIS)
  if (utf8 !== null && score(utf8) > score(believed)) return utf8
  return score(other) > score(believed) + MISLABELLED_MARGIN ? other : believed
}

/** Japanese of whichever kind the bytes look like, or else what they are taken for. */
function guessText(bytes: Buffer, fallback: string): string {
  const [best = ''] = [SHIFT_JIS, EUC_JP]
    .map((charset) => iconv.decode(bytes, charset))
    .sort((one, another) => score(another) - score(one))
  return score(best) > 0.5 && looksJapanese(best) ? best : iconv.decode(bytes, fallback)
}

/** Single characters come about by chance: "São" would be Japanese in Shift_JIS. */
function looksJapanese(text: string): boolean {
  return /[\u3040-\u30ff]|[\u3005\u4e00-\u9fff]{2}|[\uff66-\uff9f]{3}/.test(text)
}

/** How much a text looks like Japanese: per character beyond ASCII, from -10 (nothing was readable) to 2. */
function score(text: string): number {
  let sum = 0
  let count = 0
  for (const character of text.slice(0, SCORED_LENGTH)) {
    if (character <= '\x7f') continue
    sum += weight(character)
    count++
  }
  return count === 0 ? 0 : sum / count
}

function weight(character: string): number {
  if (character === '\uFFFD') return -10
  if (/[\u3040-\u30ff]/.test(character)) return 2
  if (/[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]/.test(character)) return 1
  // Every second EUC-JP text is half-width kana to Shift_JIS.
  if (/[\uff61-\uff9f]/.test(character)) return 0.6
  return /[\ue000-\uf8ff]/.test(character) ? -1 : 0
}
