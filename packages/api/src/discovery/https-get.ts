import { DiscoverySourceProblem } from '@mailroom/shared'
import { request, type IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { AddressPolicy } from '../transport/address-policy.js'
import { openSocket } from '../transport/open-socket.js'
import { resolveHost, type Lookup, type ResolvedHost } from '../transport/resolve-host.js'
import { handshake } from '../transport/secure-socket.js'
import { TransportError } from '../transport/transport-error.js'
import { SourceError } from './source-error.js'

/**
 * Reads a small text by HTTPS; undefined where the web server says that it has none.
 * Throws {@link SourceError}, or {@link TransportError} for the way there.
 */
export type HttpsGet = (url: URL, signal: AbortSignal) => Promise<string | undefined>

interface HttpsGetOptions {
  readonly lookup: Lookup
  readonly policy: AddressPolicy
  /** Where https: is, other than 443: for tests. */
  readonly port?: number
  /** PEM of authorities besides the system's: for tests. */
  readonly extraCa?: readonly string[]
}

const BODY_MAX_BYTES = 64 * 1024
const HEADERS_MAX_BYTES = 8 * 1024
const REDIRECTS_MAX = 3
/** For all addresses of a host together; the caller's signal bounds the whole. */
const CONNECT_MS = 3_000

/**
 * A GET that goes by https only, follows few redirects and each by the same rules, and reads at most
 * 64 KiB. It dials as the mail sessions do: the very addresses that the address policy has let
 * through, and no byte before the certificate is judged.
 */
export function createHttpsGet({
  lookup,
  policy,
  port = 443,
  extraCa = [],
}: HttpsGetOptions): HttpsGet {
  async function connect(host: ResolvedHost, signal: AbortSignal): Promise<TLSSocket> {
    const plain = await openSocket(host, { port, timeoutMs: CONNECT_MS, signal })
    const { socket, problem } = await handshake(plain, host, { extraCa }, signal)
    if (problem === undefined) return socket
    socket.destroy()
    throw new TransportError(problem)
  }

  return async (first, signal) => {
    const isAllowed = await policy.forPort(port)
    let url = first
    for (let hops = 0; hops <= REDIRECTS_MAX; hops += 1) {
      requireHttps(url)
      const socket = await connect(await resolveHost(url.hostname, lookup, isAllowed), signal)
      const response = await ask(url, socket, signal)
      const next = redirectOf(response, url)
      if (next === undefined) return read(response)
      url = next
    }
    throw new SourceError(DiscoverySourceProblem.NOT_UNDERSTOOD)
  }
}

/** No other scheme, no other port, nobody's name and password: where a redirect leads is a stranger's choice. */
function requireHttps(url: URL): void {
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') {
    throw new SourceError(DiscoverySourceProblem.NOT_UNDERSTOOD)
  }
}

function ask(url: URL, socket: TLSSocket, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      socket.destroy()
      const isTime = signal.aborted
      const { TIMED_OUT, NOT_UNDERSTOOD } = DiscoverySourceProblem
      reject(new SourceError(isTime ? TIMED_OUT : NOT_UNDERSTOOD, { cause }))
    }
    const asking = request({
      createConnection: () => socket,
      path: `${url.pathname}${url.search}`,
      headers: {
        host: url.host,
        accept: 'text/xml, application/xml',
        'user-agent': 'Mailroom',
        connection: 'close',
      },
      maxHeaderSize: HEADERS_MAX_BYTES,
      signal,
    })
    asking.once('response', resolve).on('error', fail).end()
  })
}

function redirectOf(response: IncomingMessage, url: URL): URL | undefined {
  const { statusCode = 0, headers } = response
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined
  response.destroy()
  const next = headers.location === undefined ? null : URL.parse(headers.location, url.href)
  if (next === null) throw new SourceError(DiscoverySourceProblem.NOT_UNDERSTOOD)
  return next
}

async function read(response: IncomingMessage): Promise<string | undefined> {
  const { statusCode = 0 } = response
  try {
    if (statusCode >= 500 || statusCode === 429) {
      throw new SourceError(DiscoverySourceProblem.UNREACHABLE)
    }
    if (statusCode !== 200) return undefined
    // A page for people, as many servers give for every address that they do not know.
    if (response.headers['content-type']?.startsWith('text/html') === true) return undefined
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of response) {
      if (!(chunk instanceof Buffer)) continue
      length += chunk.length
      if (length > BODY_MAX_BYTES) throw new SourceError(DiscoverySourceProblem.NOT_UNDERSTOOD)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    if (error instanceof SourceError) throw error
    throw new SourceError(DiscoverySourceProblem.UNREACHABLE, { cause: error })
  } finally {
    response.destroy()
  }
}
