import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
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

/** An authorisation server whose tokens the test servers take too, and the client that may ask it. */
export interface TokenAuthority {
  readonly introspectionUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface TokenIntrospection {
  readonly url: string
  /** Where an authority is PUT as JSON, by whoever runs the test servers as a program. */
  readonly authorityUrl: string
  trust(authority: TokenAuthority): void
  stop(): Promise<void>
}

/**
 * Says whether a token is alive and whose it is (RFC 7662), as an authorisation server does for
 * Dovecot: of the tokens above by itself, of any other by asking the one that it was told of.
 */
export async function startTokenIntrospection(): Promise<TokenIntrospection> {
  let authority: TokenAuthority | undefined
  const answerTo = async (request: IncomingMessage): Promise<object> => {
    const body = await readBody(request)
    if (request.method === 'PUT') {
      authority = JSON.parse(body) as TokenAuthority
      return {}
    }
    const token = new URLSearchParams(body).get('token') ?? ''
    // Dovecot compares the name with the one it was given, after auth_username_format.
    if (ACTIVE.includes(token)) return { active: true, username: 'alice' }
    return authority === undefined ? { active: false } : askAuthority(authority, token)
  }
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    answerTo(request).then(
      (answer) => response.end(JSON.stringify(answer)),
      () => response.writeHead(500).end('{}'),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  return {
    url: `${origin}/introspect`,
    authorityUrl: `${origin}/authority`,
    trust: (told) => (authority = told),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk)
    if (body.length > BODY_MAX) throw new Error('too long')
  }
  return body
}

async function askAuthority(
  { introspectionUrl, clientId, clientSecret }: TokenAuthority,
  token: string,
): Promise<object> {
  const answer = await fetch(introspectionUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ token }),
  })
  const { active, sub } = (await answer.json()) as { active: boolean; sub?: string }
  return active ? { active, username: sub ?? 'alice' } : { active }
}
