import iconv from 'iconv-lite'

type Piece = string | Buffer

/** A message of header lines and a body; text is written in UTF-8, bytes as they are. */
export function mail(headers: readonly Piece[], body: Piece = ''): Buffer {
  return join([...headers.flatMap((line): Piece[] => [line, '\r\n']), '\r\n', body])
}

/** The same with a sender, for bodies that are what a test is about. */
export function mailWith(contentType: string, body: Piece, ...headers: readonly Piece[]): Buffer {
  return mail(['From: a@example.com', `Content-Type: ${contentType}`, ...headers], body)
}

/** A multipart of parts made by `mail`, divided by the boundary `b`. */
export function multipart(subtype: string, ...parts: readonly Buffer[]): Buffer {
  const body = [...parts.flatMap((part): Piece[] => ['--b\r\n', part, '\r\n']), '--b--\r\n']
  return mailWith(`multipart/${subtype}; boundary=b`, join(body))
}

export function join(pieces: readonly Piece[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)),
  )
}

export function eucJp(text: string): Buffer {
  return iconv.encode(text, 'euc-jp')
}

/** ISO-2022-JP: the cells of EUC-JP in seven bits between escapes. */
export function jis(text: string): Buffer {
  const cells = Buffer.from(eucJp(text).map((byte) => byte & 0x7f))
  return join(['\x1b$B', cells, '\x1b(B'])
}

/** An encoded word of bytes in a charset. */
export function word(charset: string, bytes: Buffer): string {
  return `=?${charset}?B?${bytes.toString('base64')}?=`
}

export function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(' ', ''), 'hex')
}
