import { DiagnosisProblem } from '@mailroom/shared'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { isLoopback, type AddressPolicy } from './address-policy.js'
import { withDeadline } from './deadline.js'
import { resolveHost, type ResolvedHost } from './resolve-host.js'
import { secureContext } from './secure-socket.js'
import { TransportError, toTransportError } from './transport-error.js'

export interface GuardedRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly signal?: AbortSignal | undefined
}

const DEADLINE_MS = 10_000
const BODY_MAX_BYTES = 1024 * 1024

/**
 * One HTTP request to a server that somebody named: over https, or in clear text on this machine only;
 * to an address that policy allows, looked up once; whole within ten seconds and one mebibyte. A
 * redirect is an answer like any other. Rejects with a {@link TransportError}, or an error of TLS.
 */
export async function guardedFetch(
  policy: AddressPolicy,
  address: string,
  request: GuardedRequest,
): Promise<Response> {
  const url = new URL(address)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  return withDeadline(DEADLINE_MS, request.signal, async (signal) => {
    const host = await resolveHost(url.hostname, undefined, await policy.forPort(port))
    if (
      url.protocol !== 'https:' &&
      !(url.protocol === 'http:' && host.addresses.every(isLoopback))
    ) {
      throw new TransportError(DiagnosisProblem.ADDRESS_FORBIDDEN, { detail: 'not https' })
    }
    const answer = await send(url, host, request, signal).catch((error: unknown) => {
      throw toTransportError(error)
    })
    return toResponse(answer, await readBounded(answer))
  })
}

function send(
  url: URL,
  host: ResolvedHost,
  { method, headers, body }: GuardedRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const outgoing = (isSecure ? httpsRequest : httpRequest)({
      host: host.name,
      port: url.port || (isSecure ? 443 : 80),
      path: `${url.pathname}${url.search}`,
      method,
      // Compressed answers could grow beyond every limit.
      headers: { ...headers, host: url.host, 'accept-encoding': 'identity', connection: 'close' },
      lookup: lookupOf(host),
      agent: false,
      signal,
      ...(isSecure ? { secureContext: secureContext() } : {}),
      // RFC 6066 section 3: SNI carries names only.
      ...(isSecure && !host.isAddress ? { servername: host.name } : {}),
    })
    outgoing.once('response', resolve).on('error', reject).end(body)
  })
}

/** The one look-up has been made; whoever asks again is told the same. */
function lookupOf(host: ResolvedHost): LookupFunction {
  const known = host.addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_name, options, callback) => {
    if (options.all) return callback(null, known)
    const [first] = known
    callback(null, first?.address ?? '', first?.family)
  }
}

async function readBounded(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer) {
      const bytes = Buffer.from(chunk as Uint8Array)
      size += bytes.length
      if (size > BODY_MAX_BYTES) {
        throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: 'answer too long' })
      }
      chunks.push(bytes)
    }
  } catch (error) {
    throw toTransportError(error)
  } finally {
    answer.destroy()
  }
  return Buffer.concat(chunks)
}

const NO_BODY = new Set([204, 205, 304])

function toResponse({ statusCode = 0, headers }: IncomingMessage, body: Buffer): Response {
  if (statusCode < 200 || statusCode > 599) {
    throw new TransportError(DiagnosisProblem.PROTOCOL_ERROR, { detail: 'no status of HTTP' })
  }
  const fields = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) fields.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const content = NO_BODY.has(statusCode) ? null : new Uint8Array(body)
  return new Response(content, { status: statusCode, headers: fields })
}
