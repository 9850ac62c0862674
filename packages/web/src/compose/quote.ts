import type { Language } from '@mailroom/shared'
import type { OriginalFragment } from '../generated/mail.js'
import type { Translate } from '../i18n/useText.js'
import { wholeNameOf } from '../mailbox/people.js'

const BLOCKS =
  'address,article,blockquote,dd,div,dl,dt,h1,h2,h3,h4,h5,h6,hr,li,ol,p,pre,table,tr,ul'
const UNSEEN = 'head,script,style,template,noscript,title'

/** The message's text; of one that is HTML alone, what can be read in it. Nothing else of it comes along. */
export function textOf({ text, html }: Pick<OriginalFragment, 'text' | 'html'>): string {
  return text?.trim() || html === null ? (text ?? '') : plainText(html)
}

/** What is parsed this way never runs, and loads nothing. */
function plainText(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const gone of body.querySelectorAll(UNSEEN)) gone.remove()
  for (const node of textNodes(body)) {
    if (node.parentElement?.closest('pre') === null) node.data = node.data.replace(/\s+/g, ' ')
  }
  for (const br of body.querySelectorAll('br')) br.replaceWith('\n')
  for (const block of body.querySelectorAll(BLOCKS)) {
    block.before('\n')
    block.after('\n')
  }
  return (body.textContent ?? '')
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function textNodes(root: Node): Text[] {
  return [...root.childNodes].flatMap((node) => (node instanceof Text ? [node] : textNodes(node)))
}

/** A date with its day of the week, as mail in this language gives it. */
function quotedDate(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    ...{ year: 'numeric', month: language === 'ja' ? 'long' : 'short', day: 'numeric' },
    ...{ weekday: 'short', hour: 'numeric', minute: '2-digit' },
  }).format(new Date(instant))
}

/** What an answer starts with: room to write, then the original behind ">". */
export function quoted(original: OriginalFragment, t: Translate, language: Language): string {
  const head = t('compose.quoteHead', {
    date: quotedDate(original.date ?? original.storedAt, language),
    name: original.from === null ? t('compose.noSender') : wholeNameOf(original.from),
  })
  const lines = textOf(original).trimEnd().split(/\r?\n/)
  return ['', '', head, ...lines.map((line) => (/^>/.test(line) ? `>${line}` : `> ${line}`))].join(
    '\n',
  )
}

/** What a forwarded message starts with: room to write, then the original with what it was. */
export function forwarded(original: OriginalFragment, t: Translate, language: Language): string {
  const { from, to, cc, subject } = original
  const people = (list: OriginalFragment['to']) => list.map(wholeNameOf).join(', ')
  const lines = [
    [t('compose.from'), from === null ? t('compose.noSender') : wholeNameOf(from)],
    [t('compose.date'), quotedDate(original.date ?? original.storedAt, language)],
    [t('compose.subject'), subject],
    [t('compose.to'), people(to)],
    ...(cc.length === 0 ? [] : [[t('compose.cc'), people(cc)]]),
  ].map(([label, value]) => `${label}: ${value}`)
  return ['', '', t('compose.forwardHead'), ...lines, '', textOf(original)].join('\n')
}

const REPLY = /^\s*re\s*[:：]/i
const FORWARD = /^\s*(?:fwd?|転送)\s*[:：]/i
/** Once is enough, however often it goes back and forth. */
export const replySubject = (subject: string) =>
  REPLY.test(subject) ? subject.trim() : `Re: ${subject.trim()}`
export const forwardSubject = (subject: string) =>
  FORWARD.test(subject) ? subject.trim() : `Fwd: ${subject.trim()}`
