import type { IncomingMessage } from 'node:http'

/** Cuts off a request whose body takes longer than so many milliseconds to come; its answer may take any time. */
export function endSlowRequest(request: IncomingMessage, timeoutMs: number): void {
  // One without a body is never read to its end before its answer is.
  if (!hasBody(request)) return
  const timer = setTimeout(() => request.destroy(), timeoutMs)
  const stop = () => clearTimeout(timer)
  request.once('end', stop).once('close', stop)
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
