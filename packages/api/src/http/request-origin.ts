import type { IncomingMessage } from 'node:http'

/** Where the page is from that makes a request. */
export type RequestOrigin =
  /** The console's, or none: a program. */
  | 'OWN'
  /** One that the settings let in; it brings a token, and its browser's cookie does not count. */
  | 'LISTED'
  | 'FOREIGN'

/** Programs send no Origin; a browser's is the host that it called, the public address, or listed. */
export function createOriginCheck(publicUrl: URL | undefined, listed: readonly string[]) {
  return ({ headers }: IncomingMessage): RequestOrigin => {
    if (headers.origin === undefined) return 'OWN'
    if (!URL.canParse(headers.origin)) return 'FOREIGN'
    const { host, origin } = new URL(headers.origin)
    if (host === headers.host || origin === publicUrl?.origin) return 'OWN'
    return listed.includes(origin) ? 'LISTED' : 'FOREIGN'
  }
}
