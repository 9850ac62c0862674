import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { serverInput } from '../support/mail-servers-kit.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'
import { createProvider, grantAt, listGrants, type ReadGrant } from '../support/oauth-kit.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'

/** From the provider to the mailbox: a real authorisation server, Mailroom, and real mail servers. */
let mail: MailServersFixture
let database: TestDatabase
let api: TestApi
let admin: TestClient
let server: OAuthServer
let providerId: string
let grant: ReadGrant
beforeAll(async () => {
  mail = await startMailServers()
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  server = await startOAuthServer(`${api.url}/oauth/callback`)
  mail.trustTokensOf(server.authority)
  providerId = await createProvider(admin, server)
  grant = await grantAt(api, admin, server, providerId, 'alice@mail.test')
})
afterAll(async () => {
  await api.close()
  await server.close()
  await database.drop()
  await mail.stop()
})

const DIAGNOSE = `mutation ($input: MailServerInput!, $credentials: DiagnosisCredentialsInput) {
  diagnoseMailServer(input: $input, credentials: $credentials) { steps { side kind outcome problem } } }`

interface Step {
  side: string
  kind: string
  outcome: string
  problem: string | null
}

/** How signing in ended on each side. */
async function signIns(protocol: 'IMAP4' | 'POP3', credentials: object): Promise<string[]> {
  const side = {
    host: mail.host,
    encryption: 'SSL',
    authMethod: 'XOAUTH2',
    timeoutSeconds: 10,
    caCertificate: mail.caPem,
  }
  const incomingPort = protocol === 'IMAP4' ? mail.ports.imaps : mail.ports.pop3s
  const input = {
    ...serverInput({
      outgoing: { ...side, port: mail.ports.smtps },
      incoming: { ...side, protocol, port: incomingPort },
    }),
    oauthProviderId: providerId,
  }
  const { diagnoseMailServer } = await admin.ask<{ diagnoseMailServer: { steps: Step[] } }>(
    DIAGNOSE,
    { input, credentials },
  )
  return diagnoseMailServer.steps
    .filter(({ kind }) => kind === 'AUTHENTICATE')
    .map(({ side: which, outcome, problem }) => `${which} ${problem ?? outcome}`)
    .sort()
}

const PASSED = ['INCOMING OK', 'OUTGOING OK']

describe.each(['IMAP4', 'POP3'] as const)('a grant signs in to SMTP and %s', (protocol) => {
  it('with a token that is refreshed once it has ended', async () => {
    await database.query(`UPDATE oauth_grant SET access_expires_at = now() - interval '1 minute'`)
    const before = server.given['refresh_token'] ?? 0
    expect(await signIns(protocol, { oauthGrantId: grant.id })).toEqual(PASSED)
    // Both sides share what was refreshed.
    expect(server.given['refresh_token']).toBe(before + 1)
  })

  it('and where the mail server takes the token no more, says so', async () => {
    server.accessTokenSeconds = 1
    const { accessToken } = await api.app.tokens.forGrant(grant.id, await userId(), {
      isAnew: true,
    })
    server.accessTokenSeconds = 3_600
    await expect.poll(() => server.isActive(accessToken), { timeout: 5_000 }).toBe(false)
    const typed = { incomingUsername: 'alice', incomingPassword: accessToken }
    expect(await signIns(protocol, typed)).toEqual([
      'INCOMING OAUTH_TOKEN_REJECTED',
      'OUTGOING OAUTH_TOKEN_REJECTED',
    ])
  })
})

it('a grant that was taken back at the provider has ended, though its token had time left', async () => {
  expect(await signIns('IMAP4', { oauthGrantId: grant.id })).toEqual(PASSED)
  await server.revokeAll()
  expect(await signIns('IMAP4', { oauthGrantId: grant.id })).toEqual([
    'INCOMING OAUTH_GRANT_ENDED',
    'OUTGOING OAUTH_GRANT_ENDED',
  ])
  expect(await listGrants(admin)).toMatchObject([{ state: 'ENDED' }])
  const again = await grantAt(api, admin, server, providerId, 'alice@mail.test')
  expect(again.id).toBe(grant.id)
  expect(await signIns('IMAP4', { oauthGrantId: grant.id })).toEqual(PASSED)
})

async function userId(): Promise<string> {
  return (await admin.ask<{ me: { id: string } }>('{ me { id } }')).me.id
}
