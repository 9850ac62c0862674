/** Mail as people get it, for stories that read it. */

const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
const base64Lines = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n')

/** A red dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
)

interface Sample {
  readonly subject: string
  readonly from?: string
  readonly text?: string
  readonly html?: string
  readonly date?: Date
  readonly to?: string
  /** A file, and one shown within the HTML as cid:dot. */
  readonly withFiles?: boolean
}

export function sampleMail(sample: Sample): string {
  const { subject, from = 'a@mail.test', text = 'Hello.', html, date = new Date() } = sample
  const head = [
    `From: ${from.replace(/^([^<]+) </, (_all, name: string) => `${encoded(name)} <`)}`,
    `To: ${sample.to ?? 'me@mail.test'}`,
    `Subject: ${encoded(subject)}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <${Math.random().toString(36).slice(2)}@mail.test>`,
    'MIME-Version: 1.0',
  ]
  const part = (type: string, body: string) =>
    `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(Buffer.from(body))}\r\n`
  if (html === undefined && sample.withFiles !== true) {
    return `${head.join('\r\n')}\r\n${part('text/plain', text)}`
  }
  const parts = [
    ...(html === undefined ? [part('text/plain', text)] : [alternative(part, text, html)]),
    ...(sample.withFiles === true ? FILES : []),
  ]
  return multipart(head.join('\r\n'), 'mixed', parts)
}

function alternative(part: (type: string, body: string) => string, text: string, html: string) {
  return multipart('', 'alternative', [part('text/plain', text), part('text/html', html)])
}

function multipart(head: string, kind: string, parts: readonly string[]): string {
  const boundary = `=-${kind}-${Math.random().toString(36).slice(2)}`
  const start = head === '' ? '' : `${head}\r\n`
  const body = parts.map((each) => `--${boundary}\r\n${each}`).join('\r\n')
  return `${start}Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${body}\r\n--${boundary}--\r\n`
}

const file = (type: string, disposition: string, bytes: Buffer) =>
  `Content-Type: ${type}\r\nContent-Disposition: ${disposition}\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <dot>\r\n\r\n${base64Lines(bytes)}\r\n`
const FILES = [
  file('image/png', 'inline; filename="dot.png"', PNG),
  file(
    'application/pdf',
    `attachment; filename*=UTF-8''${encodeURIComponent('見積書 2026-07.pdf')}`,
    Buffer.from('%PDF-1.4 estimate '.repeat(4_000)),
  ).replace('Content-ID: <dot>\r\n', ''),
]
