import { Parser } from 'htmlparser2'
import { HTML_MAX_DEPTH } from './parsing-limits.ts'

/** What holds no words of the message. */
const UNREAD = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math'])
const BREAKS = new Set(
  'address article aside blockquote br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)

/** The words of HTML, to be searched and to be read where HTML is not shown. Deeper than HTML_MAX_DEPTH it stops. */
export function htmlToText(html: string): string {
  const words: string[] = []
  let depth = 0
  let unread = 0
  const parser = new Parser({
    onopentagname(name) {
      depth++
      if (UNREAD.has(name)) unread++
      if (BREAKS.has(name)) words.push('\n')
      if (name === 'td' || name === 'th') words.push(' ')
      if (depth > HTML_MAX_DEPTH) parser.pause()
    },
    onclosetag(name) {
      depth--
      if (UNREAD.has(name)) unread--
      if (BREAKS.has(name)) words.push('\n')
    },
    ontext(text) {
      if (unread === 0 && depth <= HTML_MAX_DEPTH) words.push(text.replace(/\s+/g, ' '))
    },
  })
  parser.write(html)
  if (depth <= HTML_MAX_DEPTH) parser.end()
  return words
    .join('')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
