import { codeKey } from '@mailroom/shared'

/** More of a text is not searched. */
export const SEARCHED_MAX_LENGTH = 20_000
/** Words are told apart by so much of them. */
const WORD_MAX_LENGTH = 64
/** Of scripts without spaces, what begins at each character: as long as most words of theirs. */
const GRAM_LENGTH = 3
/** More words than this narrow nothing further. */
const QUERY_TERMS_MAX = 40

/** Letters and digits; runs of scripts that set no spaces between words are apart from others. */
const RUN =
  /([\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}ー]+)|[\p{L}\p{N}\p{M}]/gu

/**
 * By what a text is found: words, and of scripts without spaces three characters from each place on,
 * so that the words within need not be known. Blind to width and case, as every search here.
 */
export function searchTerms(texts: readonly string[]): string[] {
  const terms = new Set<string>()
  let left = SEARCHED_MAX_LENGTH
  for (const text of texts) {
    const { words, runs } = split(text.slice(0, left))
    left -= Math.min(left, text.length)
    for (const word of words) terms.add(word)
    for (const run of runs) {
      for (let at = 0; at < run.length; at++) terms.add(run.slice(at, at + GRAM_LENGTH).join(''))
    }
  }
  return [...terms]
}

/** Begins the term that all messages of an account have: one index serves all, and nobody's search reads another's. */
export const ACCOUNT_TERM = 'account-'

/**
 * The words that are searched, as a tsquery: all of them must be found. A word finds what begins with
 * it; of a script without spaces, what contains it.
 */
export function searchQuery(accountId: string, search: string): string {
  const { words, runs } = split(search)
  const terms = [...words.map((word) => `'${word}':*`), ...runs.flatMap(runQuery)]
  // Letters, digits and marks only: nothing in them that a tsquery would read otherwise.
  const found = [...new Set(terms)].slice(0, QUERY_TERMS_MAX)
  // Signs alone are found nowhere.
  return [`'${ACCOUNT_TERM}${accountId}'`, ...(found.length === 0 ? ["'-'"] : found)].join(' & ')
}

function runQuery(run: readonly string[]): string[] {
  if (run.length < GRAM_LENGTH) return [`'${run.join('')}':*`]
  const starts = run.slice(0, run.length - GRAM_LENGTH + 1)
  return starts.map((_, at) => `'${run.slice(at, at + GRAM_LENGTH).join('')}'`)
}

function split(text: string): { words: string[]; runs: string[][] } {
  const words: string[] = []
  const runs: string[][] = []
  let word = ''
  let end = -1
  const endWord = () => {
    if (word !== '') words.push(word.slice(0, WORD_MAX_LENGTH).toWellFormed())
    word = ''
  }
  for (const { 0: match, 1: run, index } of codeKey(text).matchAll(RUN)) {
    if (index !== end || run !== undefined) endWord()
    end = index + match.length
    if (run === undefined) word += match
    else runs.push([...run])
  }
  endWord()
  return { words, runs }
}
