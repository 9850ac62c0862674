/** A piece of a text; marked where it is what was searched for. */
interface MarkedPiece {
  readonly text: string
  readonly isMarked: boolean
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The words of a search, as the list is searched by: all of them, in any order. */
function searchWords(search: string): readonly string[] {
  return search.split(/\s+/u).filter((word) => word !== '')
}

/** Splits a text at the words searched for, in capitals or not. */
export function markedText(text: string, search: string): readonly MarkedPiece[] {
  const words = searchWords(search)
  if (words.length === 0) return [{ text, isMarked: false }]
  // The longer first: of two that begin alike, it marks more.
  const longest = [...words].sort((a, b) => b.length - a.length).map(escaped)
  const pieces = text.split(new RegExp(`(${longest.join('|')})`, 'giu'))
  return pieces
    .map((piece, index) => ({ text: piece, isMarked: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}
