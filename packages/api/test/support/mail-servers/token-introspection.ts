import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Access tokens that the test servers know, all of alice. */
export const oauthTokens = {
  valid: 'ya29.a0AfB-valid~token+4711/alice=',
  /** As long as those of Microsoft 365: it fits no SMTP command line. */
  long: `eyJ0eXAiOiJKV1Qi.${'a1B2-c3_'.repeat(300)}.sig`,
  expired: 'ya29.a0AfB-expired~token+4712/alice=',
} as const

const ACTIVE: readonly string[] = [oauthTokens.valid, oauthTokens.long]
const BODY_MAX = 16 * 1024

export interface TokenIntrospection {
  readonly url: string
  stop(): Promise<void>
}

/** Says whether a token is alive (RFC 7662), as an authorisation server does for Dovecot. */
export async function startTokenIntrospection(): Promise<TokenIntrospection> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
      if (body.length > BODY_MAX) request.destroy()
    })
    request.once('end', () => {
      const token = new URLSearchParams(body).get('token') ?? ''
      const active = ACTIVE.includes(token)
      response.setHeader('content-type', 'application/json')
      // Dovecot compares the name with the one it was given, after auth_username_format.
      response.end(JSON.stringify(active ? { active, username: 'alice' } : { active }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/introspect`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
