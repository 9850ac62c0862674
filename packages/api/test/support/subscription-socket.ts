import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { TestClient } from './api.js'

/** A socket with the caller's cookie, as a browser opens it; `params` go into its connection_init. */
export function connect(
  client: TestClient,
  headers: Record<string, string> = {},
  params: Record<string, unknown> = {},
): Client {
  class CookieSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers: { cookie: client.cookie ?? '', ...headers } })
    }
  }
  return createClient({
    url: `${client.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: CookieSocket,
    connectionParams: params,
    retryAttempts: 0,
  })
}
