import MailComposer from 'nodemailer/lib/mail-composer'

/** A name beside an address that has passed transport/smtp/envelope-address.ts. */
export interface HeaderAddress {
  readonly name: string
  readonly address: string
}

/** A file that goes along. */
export interface ComposedAttachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Buffer
}

/** All that a message is made of; who gets it unseen is the envelope's alone. */
export interface Composition {
  readonly messageId: string
  readonly date: Date
  readonly from: HeaderAddress
  readonly to: readonly HeaderAddress[]
  readonly cc: readonly HeaderAddress[]
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly ComposedAttachment[]
  readonly inReplyTo: string | undefined
  readonly references: readonly string[]
}

/** What a message must not be read from: whatever an attachment says, its bytes are the only ones. */
export const NO_OUTSIDE = { disableFileAccess: true, disableUrlAccess: true } as const

/** Within this share of characters beyond ASCII quoted-printable is shorter, and to be read as it is. */
const ASCII_SHARE = 0.8
const OCTETS = 'application/octet-stream'

/**
 * The message (RFC 5322, RFC 2045 to 2047, RFC 2231) byte for byte as it is sent, and kept. The same
 * composition is not the same bytes twice: the boundaries differ.
 */
export async function compose(mail: Composition): Promise<Buffer> {
  const text = withCrlf(mail.text)
  const html = mail.html === null ? undefined : withCrlf(mail.html)
  const composer = new MailComposer({
    ...NO_OUTSIDE,
    messageId: mail.messageId,
    date: mail.date,
    from: { ...mail.from },
    to: mail.to.map((each) => ({ ...each })),
    cc: mail.cc.map((each) => ({ ...each })),
    subject: mail.subject,
    inReplyTo: mail.inReplyTo,
    references: [...mail.references],
    // Also where it is empty: an attachment alone would else be the whole message.
    text: textPart(text),
    html: html === undefined ? undefined : textPart(html),
    attachments: mail.attachments.map(({ filename, contentType, content }) => ({
      ...{ filename, content },
      contentType: safeType(contentType),
      contentTransferEncoding: 'base64',
      contentDisposition: 'attachment',
    })),
    newline: '\r\n',
  })
  return composer.compile().build()
}

/** Line ends as mail has them (RFC 5322 section 2.3): a bare CR or LF reaches no server. */
const withCrlf = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n')

/** As bytes: an empty string would be none. */
const textPart = (text: string) => ({
  content: Buffer.from(text),
  contentTransferEncoding: encodingOf(text),
})

/** Never as it is: a line may be longer than 998 octets, or begin with "From ". */
function encodingOf(text: string): string {
  if (text === '') return '7bit'
  const ascii = text.replace(/[^\t\n\r -~]/g, '').length
  return ascii / text.length >= ASCII_SHARE ? 'quoted-printable' : 'base64'
}

/**
 * A part of message or multipart may not be encoded (RFC 2045 section 6.4), and its bytes would not
 * be the file's: as octets they are.
 */
function safeType(contentType: string): string {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  const isUsable = /^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,60}$/.test(type)
  return isUsable && !/^(message|multipart)\//.test(type) ? type : OCTETS
}
