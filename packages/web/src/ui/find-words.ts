/** Whether a text holds every word of a query; width and case do not matter. */
export function wordMatcher(query: string): (text: string) => boolean {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  return (text) => {
    const folded = fold(text)
    return words.every((word) => folded.includes(word))
  }
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
