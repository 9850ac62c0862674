import type { IncomingMessage } from 'node:http'

/** Why a body was not read: the HTTP status to answer and a sentence. */
export class BodyError extends Error {
  override name = 'BodyError'
  constructor(
    readonly status: 400 | 413 | 415,
    message: string,
  ) {
    super(message)
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * A request's whole body as text: JSON in UTF-8, uncompressed, at most `maxBytes`.
 * Throws {@link BodyError}.
 */
export async function readJsonText(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (
    !/^application\/(graphql-response\+)?json\s*(;|$)/i.test(request.headers['content-type'] ?? '')
  ) {
    throw new BodyError(415, 'Send the operation as application/json.')
  }
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new BodyError(415, 'Send the body without a content encoding.')
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let size = 0
  // Kept open on a refusal: whoever still sends would otherwise never read why.
  const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false })
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  try {
    return decoder.decode(Buffer.concat(chunks))
  } catch (cause) {
    throw new BodyError(
      400,
      `The body is not UTF-8 (${cause instanceof Error ? cause.name : 'unknown'}).`,
    )
  }
}

function tooLarge(maxBytes: number): BodyError {
  return new BodyError(413, `The body is larger than ${maxBytes} bytes.`)
}
