import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer, DELETE, RESTORE, serverInput } from '../support/mail-servers-kit.js'
import {
  comeBack,
  CREATE_PROVIDER,
  createProvider,
  grantAt,
  listGrants,
  providerInput,
  START_GRANT,
  startGrant,
  UPDATE_PROVIDER,
} from '../support/oauth-kit.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'
import { signInAsNew } from '../support/users-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let server: OAuthServer
let userId: string
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  userId = (await admin.ask<{ me: { id: string } }>('{ me { id } }')).me.id
  const { oauthRedirectUri } = await admin.ask<{ oauthRedirectUri: string }>('{ oauthRedirectUri }')
  server = await startOAuthServer(oauthRedirectUri)
})
afterAll(async () => {
  await api.close()
  await server.close()
  await database.drop()
})
beforeEach(async () => {
  server.accessTokenSeconds = 3_600
  server.brokenStatus = undefined
  await database.query(
    'DELETE FROM mail_server; DELETE FROM oauth_provider; DELETE FROM rate_limit',
  )
})

const tokenOf = (grantId: string) => api.app.tokens.forGrant(grantId, userId)
/** Lets the stored token end within the minute in which it is refreshed. */
const makeStale = (seconds = 5) =>
  database.query(`UPDATE oauth_grant SET access_expires_at = now() + interval '${seconds} seconds'`)
/** Somebody changes the provider's settings so that they name another server. */
const moveElsewhere = (id: string) =>
  admin.ask(UPDATE_PROVIDER, {
    id,
    version: 1,
    input: { ...providerInput(server), metadataUrl: 'https://idp.example.com' },
  })
const refreshes = () => server.given['refresh_token'] ?? 0

describe('providers', () => {
  it('keep their secret to themselves: left out it stays, null forgets it, empty is refused', async () => {
    const id = await createProvider(admin, server)
    const update = async (version: number, changes: object) => {
      const input = { ...providerInput(server), clientSecret: undefined, ...changes }
      const { updateOAuthProvider } = await admin.ask<{
        updateOAuthProvider: { hasClientSecret: boolean }
      }>(UPDATE_PROVIDER, { id, version, input })
      return updateOAuthProvider.hasClientSecret
    }
    expect(await update(1, { name: '別名' })).toBe(true)
    const input = providerInput(server, { clientSecret: '' })
    const empty = await admin.fail(UPDATE_PROVIDER, { id, version: 2, input })
    expect(empty.extensions.fields).toMatchObject([{ path: 'clientSecret', rule: 'minLength' }])
    await startGrant(admin, id)
    expect(await update(2, { clientSecret: null })).toBe(false)
    expect(
      await admin.fail(UPDATE_PROVIDER, { id, version: 1, input: providerInput(server) }),
    ).toMatchObject({
      extensions: { code: 'CONFLICT', version: 3 },
    })
  })

  it('ask for the secret again where it would be sent elsewhere, and end what was granted', async () => {
    const id = await createProvider(admin, server)
    await grantAt(api, admin, server, id)
    const elsewhere = { ...providerInput(server), metadataUrl: 'https://idp.example.com' }
    const refused = await admin.fail(UPDATE_PROVIDER, {
      id,
      version: 1,
      input: { ...elsewhere, clientSecret: undefined },
    })
    expect(refused.extensions.fields).toMatchObject([{ path: 'clientSecret', rule: 'secretAgain' }])
    expect(await listGrants(admin)).toMatchObject([{ state: 'ACTIVE' }])
    await admin.ask(UPDATE_PROVIDER, { id, version: 1, input: elsewhere })
    expect(await listGrants(admin)).toMatchObject([
      { state: 'ENDED', problem: 'OAUTH_GRANT_ENDED' },
    ])
  })

  it.each([
    ['metadataUrl', 'required', { metadataUrl: ' ' }],
    ['metadataUrl', 'providerUrl', { metadataUrl: 'http://idp.example.com/' }],
    ['metadataUrl', 'providerUrl', { metadataUrl: 'https://user:pass@idp.example.com/' }],
    ['metadataUrl', 'providerUrl', { metadataUrl: 'file:///etc/passwd' }],
    ['tenant', 'type', { preset: 'MICROSOFT', tenant: '../evil' }],
    ['flow', 'oauthFlow', { preset: 'GOOGLE', flow: 'CLIENT_CREDENTIALS' }],
    ['clientId', 'required', { clientId: '' }],
    ['clientSecret', 'minLength', { clientSecret: '' }],
    ['name', 'maxLength', { name: 'あ'.repeat(101) }],
  ])('refuse %s by the rule %s', async (path, rule, overrides) => {
    const { extensions } = await admin.fail(CREATE_PROVIDER, {
      input: providerInput(server, overrides),
    })
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path, rule }] })
  })

  it('cannot be deleted while a mail server uses them, and say which', async () => {
    const id = await createProvider(admin, server)
    const used = await createMailServer(admin, {
      name: '本社メール',
      outgoing: { authMethod: 'XOAUTH2' },
      oauthProviderId: id,
    })
    const remove = 'mutation ($id: ID!) { deleteOAuthProvider(id: $id) { id } }'
    const refused = await admin.fail(remove, { id })
    expect(refused.extensions.code).toBe('CONFLICT')
    expect(refused.message).toContain('"本社メール"')
    await admin.ask(DELETE, { id: used.id })
    await admin.ask(remove, { id })
    await admin.ask(RESTORE, { ids: [used.id] })
    const query = 'query ($id: ID!) { mailServer(id: $id) { oauthProviderId } }'
    expect(await admin.ask(query, { id: used.id })).toEqual({
      mailServer: { oauthProviderId: null },
    })
  })

  it('are named by a mail server only where one of its sides signs in with tokens', async () => {
    const id = await createProvider(admin, server)
    const create =
      'mutation ($input: MailServerInput!) { createMailServer(input: $input) { oauthProviderId } }'
    const stored = async (overrides: object) => {
      const input = { ...serverInput(overrides), oauthProviderId: id }
      const { createMailServer: made } = await admin.ask<{
        createMailServer: { oauthProviderId: string | null }
      }>(create, { input })
      return made.oauthProviderId
    }
    expect(await stored({ incoming: { authMethod: 'XOAUTH2' } })).toBe(id)
    expect(await stored({})).toBeNull()
    for (const gone of ['0199ffff-0000-7000-8000-000000000000', 'nonsense']) {
      const input = {
        ...serverInput({ outgoing: { authMethod: 'XOAUTH2' } }),
        oauthProviderId: gone,
      }
      expect((await admin.fail(create, { input })).extensions.fields).toMatchObject([
        { path: 'oauthProviderId', rule: 'oauthProvider' },
      ])
    }
  })
})

describe('granting', () => {
  it('asks for what the provider is registered with, and shows the mailbox afterwards', async () => {
    const id = await createProvider(admin, server)
    const url = new URL(await startGrant(admin, id))
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: server.client.id,
      redirect_uri: `${api.url}/oauth/callback`,
      scope: 'openid mail offline_access',
      code_challenge_method: 'S256',
      login_hint: 'taro@example.co.jp',
    })
    const page = await comeBack(api, admin, await server.grant(url.href))
    expect(page.status).toBe(200)
    expect(page.text).toContain('taro@example.co.jp')
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'sha256-/,
    )
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    const [grant] = await listGrants(admin)
    expect(grant).toMatchObject({ mailbox: 'taro@example.co.jp', state: 'ACTIVE', problem: null })
    expect(await tokenOf(grant?.id ?? '')).toMatchObject({ username: 'taro@example.co.jp' })
  })

  it('renews the grant of the same mailbox', async () => {
    const id = await createProvider(admin, server)
    const first = await grantAt(api, admin, server, id)
    expect(await grantAt(api, admin, server, id)).toEqual(first)
    expect(await listGrants(admin)).toHaveLength(1)
  })

  it('is refused with a state that was changed, and with none', async () => {
    const returned = await server.grant(
      await startGrant(admin, await createProvider(admin, server)),
    )
    const forged = new URL(returned)
    forged.searchParams.set('state', 'forged')
    const stateless = new URL(returned)
    stateless.searchParams.delete('state')
    for (const url of [forged, stateless])
      expect((await comeBack(api, admin, url)).status).toBe(400)
    expect(await listGrants(admin)).toEqual([])
  })

  it('is refused to another session, which does not spoil it for its own', async () => {
    const returned = await server.grant(
      await startGrant(admin, await createProvider(admin, server)),
    )
    const other = await api.admin()
    for (const caller of [other, api.client()]) {
      expect((await comeBack(api, caller, returned)).status).toBe(400)
    }
    expect(await listGrants(admin)).toEqual([])
    expect((await comeBack(api, admin, returned)).status).toBe(200)
  })

  it('takes an answer once only', async () => {
    const returned = await server.grant(
      await startGrant(admin, await createProvider(admin, server)),
    )
    const answers = await Promise.all([1, 2, 3].map(() => comeBack(api, admin, returned)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
    expect((await comeBack(api, admin, returned)).status).toBe(400)
  })

  it('is refused when it comes from another issuer (RFC 9207)', async () => {
    const returned = await server.grant(
      await startGrant(admin, await createProvider(admin, server)),
    )
    returned.searchParams.set('iss', 'https://evil.example.com')
    expect((await comeBack(api, admin, returned)).status).toBe(400)
    expect(await listGrants(admin)).toEqual([])
  })

  it('is refused where the provider is changed meanwhile, before or while its code is taken', async () => {
    const before = await createProvider(admin, server)
    const returned = await server.grant(await startGrant(admin, before))
    await moveElsewhere(before)
    expect((await comeBack(api, admin, returned)).status).toBe(400)

    const during = await createProvider(admin, server)
    const second = await server.grant(await startGrant(admin, during))
    server.beforeToken = () => moveElsewhere(during)
    const { status, text } = await comeBack(api, admin, second)
    expect(status).toBe(400)
    expect(text).toContain('The provider was changed during the sign-in.')
    expect(await listGrants(admin)).toEqual([])
  })

  it('is refused where the page to sign in at would be in clear text on another machine', async () => {
    const metadata = createHttpServer((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({
          issuer: 'http://127.0.0.1',
          authorization_endpoint: 'http://login.example.com/authorize',
          token_endpoint: 'http://127.0.0.1/token',
        }),
      )
    })
    await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve))
    const { port } = metadata.address() as AddressInfo
    const metadataUrl = `http://127.0.0.1:${port}/.well-known/openid-configuration`
    const providerId = await createProvider(admin, server, { metadataUrl })
    const refused = await admin.fail(START_GRANT, { providerId, loginHint: 'taro@example.co.jp' })
    await new Promise((resolve) => metadata.close(resolve))
    expect(refused.extensions).toMatchObject({ reason: 'authorization_endpoint' })
  })

  it('is refused after ten minutes', async () => {
    const returned = await server.grant(
      await startGrant(admin, await createProvider(admin, server)),
    )
    await database.query("UPDATE oauth_sign_in SET expires_at = now() - interval '1 second'")
    expect((await comeBack(api, admin, returned)).status).toBe(400)
  })

  it('says so where the person refuses at the provider, in his language', async () => {
    const japanese = await api.admin('ja')
    const id = await createProvider(admin, server)
    const returned = await server.refuse(await startGrant(japanese, id))
    const { status, text } = await comeBack(api, japanese, returned)
    expect(status).toBe(400)
    expect(text).toContain('access_denied')
    expect(text).toContain('もう一度お試しください。')
  })

  it('shows no markup that the mailbox brings along', async () => {
    const hint = '<img src=x onerror=alert(1)>@example.co.jp'
    const id = await createProvider(admin, server)
    const { text } = await comeBack(
      api,
      admin,
      await server.grant(await startGrant(admin, id, hint)),
    )
    expect(text).not.toContain('<img')
  })

  it('is begun thirty times a minute by a person, whatever process is asked', async () => {
    const id = await createProvider(admin, server)
    const second = await startApi(database.url)
    try {
      const twin = second.client()
      twin.cookie = admin.cookie
      const variables = { providerId: id, loginHint: 'taro@example.co.jp' }
      for (let left = 30; left > 0; left -= 1) await startGrant(left % 2 ? admin : twin, id)
      for (const client of [admin, twin]) {
        const { extensions } = await client.fail(START_GRANT, variables)
        expect(extensions.code).toBe('TOO_MANY_REQUESTS')
        expect(extensions.retryAfterSeconds).toBeGreaterThan(0)
      }
      const { client } = await signInAsNew(api, admin)
      await startGrant(client, id)
    } finally {
      await second.close()
    }
  })

  it('says which provider cannot be reached, and never goes to forbidden addresses', async () => {
    for (const [metadataUrl, reason] of [
      ['http://127.0.0.1:1/', 'CONNECT_REFUSED'],
      ['https://169.254.169.254/latest', 'ADDRESS_FORBIDDEN'],
      [
        `${server.issuer}/nothing-here/.well-known/openid-configuration`,
        'OAUTH_RESPONSE_IS_NOT_CONFORM',
      ],
    ]) {
      const providerId = await createProvider(admin, server, { metadataUrl })
      const refused = await admin.fail(START_GRANT, { providerId, loginHint: 'taro@example.co.jp' })
      expect(refused.extensions).toMatchObject({ code: 'CONFLICT', reason })
    }
  })
})

describe('tokens', () => {
  it('are refreshed before they end, and the new refresh token is kept', async () => {
    const grant = await grantAt(api, admin, server, await createProvider(admin, server))
    const first = await tokenOf(grant.id)
    expect(await tokenOf(grant.id)).toEqual(first)
    const before = refreshes()
    // The server revokes everything when a used refresh token comes again.
    for (let round = 1; round <= 3; round += 1) {
      await makeStale()
      expect((await tokenOf(grant.id)).accessToken).not.toBe(first.accessToken)
      expect(refreshes()).toBe(before + round)
    }
    expect(await listGrants(admin)).toMatchObject([{ state: 'ACTIVE', problem: null }])
  })

  it('are refreshed once, whoever asks at the same time in however many processes', async () => {
    const second = await startApi(database.url)
    try {
      const grant = await grantAt(api, admin, server, await createProvider(admin, server))
      await makeStale()
      const before = refreshes()
      const asked = [api, second, api, second, api, second].map(({ app }) =>
        app.tokens.forGrant(grant.id, userId),
      )
      const tokens = await Promise.all(asked)
      expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
      expect(refreshes()).toBe(before + 1)
    } finally {
      await second.close()
    }
  })

  it('are refreshed by another process where the one that began has died', async () => {
    const grant = await grantAt(api, admin, server, await createProvider(admin, server))
    await makeStale()
    await database.query(
      "UPDATE oauth_grant SET lease_id = gen_random_uuid(), leased_until = now() + interval '1 second'",
    )
    expect(await tokenOf(grant.id)).toMatchObject({ username: 'taro@example.co.jp' })
  })

  it('work with a provider whose tokens never live a minute', async () => {
    server.accessTokenSeconds = 20
    const grant = await grantAt(api, admin, server, await createProvider(admin, server))
    expect((await tokenOf(grant.id)).accessToken).not.toBe('')
  })

  it('end where the provider takes the refresh token no more; granting again mends it', async () => {
    const id = await createProvider(admin, server)
    const grant = await grantAt(api, admin, server, id)
    await server.revokeAll()
    await makeStale()
    await expect(tokenOf(grant.id)).rejects.toMatchObject({ problem: 'OAUTH_GRANT_ENDED' })
    expect(await listGrants(admin)).toMatchObject([
      { state: 'ENDED', problem: 'OAUTH_GRANT_ENDED' },
    ])
    expect(await grantAt(api, admin, server, id)).toMatchObject({ id: grant.id, state: 'ACTIVE' })
    await tokenOf(grant.id)
  })

  it('do not end where the provider is out of order for a while', async () => {
    const grant = await grantAt(api, admin, server, await createProvider(admin, server))
    await makeStale()
    server.brokenStatus = 503
    await expect(tokenOf(grant.id)).rejects.toMatchObject({ problem: 'AUTH_TEMPORARY' })
    expect(await listGrants(admin)).toMatchObject([{ state: 'ACTIVE', problem: 'AUTH_TEMPORARY' }])
    // One that still lives goes on working meanwhile.
    await makeStale(30)
    await tokenOf(grant.id)
    server.brokenStatus = undefined
    await makeStale()
    await tokenOf(grant.id)
    expect(await listGrants(admin)).toMatchObject([{ state: 'ACTIVE', problem: null }])
  })

  it('asked for anew, show at once that the provider has taken the grant back', async () => {
    const grant = await grantAt(api, admin, server, await createProvider(admin, server))
    const anew = () => api.app.tokens.forGrant(grant.id, userId, { isAnew: true })
    const first = await tokenOf(grant.id)
    expect((await anew()).accessToken).not.toBe(first.accessToken)
    // A provider that is out of order says nothing about a token that still lives.
    server.brokenStatus = 503
    await anew()
    server.brokenStatus = undefined
    await server.revokeAll()
    await tokenOf(grant.id)
    await expect(anew()).rejects.toMatchObject({ problem: 'OAUTH_GRANT_ENDED' })
  })

  it('are not kept where the provider is changed while it is asked', async () => {
    const id = await createProvider(admin, server)
    const grant = await grantAt(api, admin, server, id)
    await makeStale()
    server.beforeToken = () => moveElsewhere(id)
    await expect(tokenOf(grant.id)).rejects.toMatchObject({ problem: 'OAUTH_GRANT_ENDED' })
    expect(await listGrants(admin)).toMatchObject([{ id: grant.id, state: 'ENDED' }])
  })

  it('are given to nobody but whom they belong to', async () => {
    const grant = await grantAt(api, admin, server, await createProvider(admin, server))
    const other = '0199ffff-0000-7000-8000-000000000000'
    await expect(api.app.tokens.forGrant(grant.id, other)).rejects.toMatchObject({
      problem: 'OAUTH_GRANT_ENDED',
    })
  })

  it('come by client credentials without anybody, once while they live', async () => {
    const id = await createProvider(admin, server, {
      flow: 'CLIENT_CREDENTIALS',
      clientId: server.machine.id,
      clientSecret: server.machine.secret,
      scopes: 'mail',
    })
    const ask = () => api.app.tokens.forProvider(id, 'shared@example.co.jp')
    const [first, ...others] = await Promise.all([ask(), ask(), ask()])
    expect(first).toMatchObject({ username: 'shared@example.co.jp' })
    expect(new Set(others.map(({ accessToken }) => accessToken))).toEqual(
      new Set([first.accessToken]),
    )
    expect(await ask()).toEqual(first)
    const { extensions } = await admin.fail(START_GRANT, {
      providerId: id,
      loginHint: 'x@example.jp',
    })
    expect(extensions.code).toBe('CONFLICT')
  })

  it('are revoked at the provider when a grant is deleted', async () => {
    const grant = await grantAt(api, admin, server, await createProvider(admin, server))
    const { accessToken } = await tokenOf(grant.id)
    expect(await server.isActive(accessToken)).toBe(true)
    const remove = 'mutation ($id: ID!) { deleteOAuthGrant(id: $id) }'
    expect(await admin.ask(remove, { id: grant.id })).toEqual({ deleteOAuthGrant: true })
    expect(await listGrants(admin)).toEqual([])
    expect(await server.isActive(accessToken)).toBe(false)
    expect((await admin.fail(remove, { id: grant.id })).extensions.code).toBe('NOT_FOUND')
  })
})

it('a diagnosis signs in with the grant, and says at once where it has ended', async () => {
  const id = await createProvider(admin, server)
  const grant = await grantAt(api, admin, server, id)
  await server.revokeAll()
  await makeStale()
  const peer = await startSmtpPeer()
  const query = `mutation ($input: MailServerInput!, $credentials: DiagnosisCredentialsInput) {
    diagnoseMailServer(input: $input, credentials: $credentials) { steps { side kind outcome problem } } }`
  const outgoing = {
    host: '127.0.0.1',
    port: peer.port,
    encryption: 'NONE',
    authMethod: 'XOAUTH2',
    timeoutSeconds: 5,
  }
  const { diagnoseMailServer } = await admin.ask<{ diagnoseMailServer: { steps: object[] } }>(
    query,
    {
      input: {
        ...serverInput({ outgoing, incoming: { host: '127.0.0.1', port: 1 } }),
        oauthProviderId: id,
      },
      credentials: { oauthGrantId: grant.id },
    },
  )
  await peer.close()
  expect(diagnoseMailServer.steps).toContainEqual({
    side: 'OUTGOING',
    kind: 'AUTHENTICATE',
    outcome: 'FAILED',
    problem: 'OAUTH_GRANT_ENDED',
  })
  expect(await listGrants(admin)).toMatchObject([{ state: 'ENDED' }])
})

it('no secret stands in the database in clear, or in any answer', async () => {
  const id = await createProvider(admin, server)
  const unfinished = new URL(await startGrant(admin, id, 'hanako@example.co.jp'))
  const grant = await grantAt(api, admin, server, id)
  const { accessToken } = await tokenOf(grant.id)
  const dump = await dumpOf('oauth_provider', 'oauth_grant', 'oauth_sign_in', 'secret_key_check')
  expect(dump).toContain('taro@example.co.jp')
  const answers = await admin.post(
    JSON.stringify({
      query:
        '{ oauthProviders { id name preset metadataUrl clientId scopes flow hasClientSecret grantCount } oauthGrants { id mailbox state problem } }',
    }),
  )
  const secrets = [server.client.secret, accessToken, unfinished.searchParams.get('state') ?? '']
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8)
    for (const form of [secret, Buffer.from(secret).toString('hex'), btoa(secret)]) {
      expect(dump).not.toContain(form)
      expect(answers.text).not.toContain(form)
    }
  }
  expect(answers.text).toContain('"hasClientSecret":true')
})

it('the redirect address follows the public address, where there is one', async () => {
  const behind = await startApi(database.url, { MAILROOM_PUBLIC_URL: 'https://mail.example.jp/' })
  try {
    const secure = await behind.admin()
    expect(await secure.ask('{ oauthRedirectUri }')).toEqual({
      oauthRedirectUri: 'https://mail.example.jp/oauth/callback',
    })
  } finally {
    await behind.close()
  }
})

/** Every row of the tables as text. */
async function dumpOf(...tables: string[]): Promise<string> {
  const client = new pg.Client(database.url)
  await client.connect()
  const rows: string[] = []
  for (const table of tables) {
    const found = await client.query<{ row: string }>(`SELECT ${table}::text AS row FROM ${table}`)
    rows.push(...found.rows.map(({ row }) => row))
  }
  await client.end()
  return rows.join('\n')
}

/** Greets, and offers signing in by token. */
async function startSmtpPeer(): Promise<{ port: number; close(): Promise<void> }> {
  const peer = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write('220 mail.test ESMTP\r\n')
    socket.on('data', (data) => {
      const isHello = data.toString().startsWith('EHLO')
      socket.write(isHello ? '250-mail.test\r\n250 AUTH XOAUTH2\r\n' : '221 bye\r\n')
    })
  })
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
  const { port } = peer.address() as AddressInfo
  return { port, close: () => new Promise((resolve) => peer.close(() => resolve())) }
}
