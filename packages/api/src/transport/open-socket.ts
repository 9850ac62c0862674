import { DiagnosisProblem } from '@mailroom/shared'
import { connect, type Socket } from 'node:net'
import { withDeadline } from './deadline.js'
import type { ResolvedHost } from './resolve-host.js'
import { toTransportError, TransportError } from './transport-error.js'

interface OpenSocketOptions {
  readonly port: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** Of several addresses' failures, the one that tells most: somebody answered, nobody did, no way there. */
const TELLING: readonly DiagnosisProblem[] = [
  DiagnosisProblem.CONNECT_REFUSED,
  DiagnosisProblem.CONNECTION_LOST,
  DiagnosisProblem.TIMEOUT,
]

/**
 * Connects to the first of the host's addresses that answers. Each gets an equal share of the time,
 * so that a dead IPv6 address leaves some for the IPv4 one.
 */
export async function openSocket(host: ResolvedHost, options: OpenSocketOptions): Promise<Socket> {
  const shareMs = options.timeoutMs / host.addresses.length
  const failures: TransportError[] = []
  for (const address of host.addresses) {
    try {
      return await withDeadline(shareMs, options.signal, (signal) =>
        dial(address, options.port, signal),
      )
    } catch (error) {
      options.signal.throwIfAborted()
      const failure = toTransportError(error)
      if (!(failure instanceof TransportError)) throw failure
      failures.push(failure)
    }
  }
  throw mostTelling(failures)
}

function mostTelling(failures: readonly TransportError[]): TransportError {
  for (const problem of TELLING) {
    const found = failures.find((failure) => failure.problem === problem)
    if (found !== undefined) return found
  }
  return failures[0] ?? new TransportError(DiagnosisProblem.CONNECT_UNREACHABLE)
}

function dial(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true })
    const abandon = () => {
      socket.destroy()
      reject(new TransportError(DiagnosisProblem.TIMEOUT))
    }
    signal.addEventListener('abort', abandon, { once: true })
    socket.once('connect', () => {
      signal.removeEventListener('abort', abandon)
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', (error) => {
      signal.removeEventListener('abort', abandon)
      reject(error)
    })
  })
}
