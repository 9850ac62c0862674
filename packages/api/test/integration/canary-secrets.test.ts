import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildSchema } from '../../src/graphql/build-schema.js'
import { CREATE_ACCOUNT, UPDATE_ACCOUNT, accountInput, idOf } from '../support/accounts-kit.js'
import { startAnswerRecorder, type AnswerRecorder } from '../support/answer-recorder.js'
import { TestClient } from '../support/api.js'
import { createApiToken } from '../support/api-tokens-kit.js'
import { AUDIT_EVENTS } from '../support/audit-kit.js'
import {
  canaryOf,
  createCanary,
  findCanaries,
  findInFiles,
  formsOf,
  type Canary,
  type Place,
} from '../support/canary.js'
import { dumpDatabase } from '../support/database-dump.js'
import { withEchoMailServers, type EchoMailServers } from '../support/echo-mail-servers.js'
import { createMailServer, serverInput } from '../support/mail-servers-kit.js'
import {
  embeddedDatabaseUrl,
  startProcess,
  stopProcess,
  type Process,
} from '../support/mailroom-process.js'
import { CREATE_PROVIDER, START_GRANT, UPDATE_PROVIDER, comeBack } from '../support/oauth-kit.js'
import { startOAuthServer, type OAuthServer } from '../support/oauth-server.js'
import { OidcBrowser } from '../support/oidc-kit.js'
import { connect } from '../support/subscription-socket.js'
import { base64, MAIL_SERVERS } from '../support/transfer-kit.js'
import { CHANGE_PASSWORD, CREATE_USER, UPDATE_USER, userInput } from '../support/users-kit.js'
import { SIGN_IN } from '../support/sign-in.js'

/** Every input of the schema that is a secret. A new one is planted below, too. */
const SECRETS = [
  'Mutation.changePassword.currentPassword',
  'Mutation.changePassword.newPassword',
  'Mutation.setUp.password',
  'Mutation.setUp.token',
  'Mutation.signIn.password',
  'DiagnosisCredentialsInput.incomingPassword',
  'DiagnosisCredentialsInput.outgoingPassword',
  'MailAccountInput.incomingPassword',
  'MailAccountInput.outgoingPassword',
  'OAuthProviderInput.clientSecret',
  'UserInput.password',
] as const
type SecretInput = (typeof SECRETS)[number]

/** What is called like a secret and is none: names, ids, choices, public certificates; or holds some of the above. */
const NO_SECRETS = new Set([
  'DiagnosisCredentialsInput.oauthGrantId',
  'MailAccountInput.oauthGrantId',
  'MailServerInput.oauthProviderId',
  'Mutation.diagnoseMailServer.credentials',
  'Subscription.mailServerDiagnosis.credentials',
  'IncomingSettingsInput.authMethod',
  'IncomingSettingsInput.caCertificate',
  'IncomingSettingsInput.pinnedCertificate',
  'MailAccountInput.code',
  'MailServerInput.code',
  'OutgoingSettingsInput.authMethod',
  'OutgoingSettingsInput.caCertificate',
  'OutgoingSettingsInput.credentials',
  'OutgoingSettingsInput.pinnedCertificate',
  'SettingsInput.allowsPrivateNetworks',
])
const LIKE_A_SECRET =
  /pass|pwd|phrase|secret|token|key|code|credential|cookie|auth|bearer|pin(?!g)|private|cert|hash|nonce|verifier|cipher|signature|otp|answer/i

/** A text that is no secret, planted the same way: where it is not found, nothing would be. */
const MARKER = canaryOf('marker', `mark${randomBytes(8).toString('hex')}`)

const canaries = new Map<string, Canary>()
/** A secret's canary; several kinds of requests need one of their own. */
function canary(input: SecretInput | `${string}_${string}` | 'header', use = ''): string {
  const name = `${input} ${use}`.trim()
  const known = canaries.get(name) ?? createCanary(name)
  canaries.set(name, known)
  return known.text
}

/** What each place held once all was planted. */
let found: {
  answers: Place[]
  log: Place
  tables: Place[]
  commands: Place[]
  environments: Place[]
}
let schema: GraphQLSchema
let recorder: AnswerRecorder
let mailroom: Process
let idp: OAuthServer
let oauth: OAuthServer
let dataDir: string
let admin: TestClient
let accountId = ''
const clientOf = () => new TestClient(recorder.url)

beforeAll(async () => {
  schema = await buildSchema()
  dataDir = await mkdtemp(join(tmpdir(), `mailroom-${MARKER.text}-`))
  await chmod(dataDir, 0o755)
  recorder = await startAnswerRecorder()
  idp = await startOAuthServer(`${recorder.url}/sign-in/callback`)
  oauth = await startOAuthServer(`${recorder.url}/oauth/callback`)
  mailroom = startProcess(environment())
  const direct = await mailroom.ready
  recorder.target = direct
  await plantAsVisitor()
  // What is answered once, to whom it belongs, goes past the recorder.
  admin = await knownAdmin(direct)
  await plantInPeople()
  await plantInProviders()
  await withEchoMailServers(plantInMail)
  await plantInFiles()
  await readAll()
  const tables = await dumpDatabase(await embeddedDatabaseUrl(dataDir))
  const [commands, environments] = await Promise.all([processes('cmdline'), databaseEnvironments()])
  await stopProcess(mailroom)
  const log = { name: 'log', bytes: Buffer.from(mailroom.output()) }
  found = { answers: recorder.answers(), log, tables, commands, environments }
}, 300_000)
afterAll(async () => {
  await stopProcess(mailroom)
  await Promise.all([recorder.close(), idp.close(), oauth.close()])
  await rm(dataDir, { recursive: true, force: true })
})

function environment(): NodeJS.ProcessEnv {
  const secretKey = canaryOf('MAILROOM_SECRET_KEY', randomBytes(32).toString('hex'))
  canaries.set(secretKey.name, secretKey)
  canaries.set('the client secret', canaryOf('the client secret', idp.client.secret))
  return {
    ...process.env,
    PORT: '0',
    MAILROOM_LOG_LEVEL: 'trace',
    MAILROOM_DATA_DIR: dataDir,
    MAILROOM_SECRET_KEY: secretKey.text,
    MAILROOM_ADMIN_PASSWORD: canary('MAILROOM_ADMIN_PASSWORD'),
    MAILROOM_OIDC_ISSUER: idp.issuer,
    MAILROOM_OIDC_CLIENT_ID: idp.client.id,
    MAILROOM_OIDC_CLIENT_SECRET: idp.client.secret,
    MAILROOM_OIDC_NEW_PEOPLE: 'add',
  }
}

/** Asks; whether it is accepted is not looked at. What must be is asked for by `ask`. */
const send = (query: string, variables: object = {}, client = admin) =>
  client.send(query, variables)

const SET_UP =
  'mutation ($token: String!, $password: String!) { setUp(token: $token, loginName: "x", password: $password) { id } }'

/** The same request, refused in each way that a secret could come back by. */
async function plantRefused(
  query: string,
  variables: object,
  path: readonly string[],
  text: string,
  client = admin,
): Promise<void> {
  const wrong = [{ value: text }, [text], `${text}${'x'.repeat(5_000)}`, `${text}\ud800`]
  for (const value of wrong) await send(query, withValue(variables, path, value), client)
  const filled = withValue(variables, path, text)
  const misspelt = withValue(filled, [...path.slice(0, -1), 'misspelt'], text)
  await send(query, misspelt, client)
  // Null where a value must be, a value of another type, and the secret where a number belongs.
  for (const other of Object.keys(variables).filter((name) => name !== path[0])) {
    for (const value of [null, [7], text]) await send(query, { ...filled, [other]: value }, client)
  }
  const whole = JSON.stringify({ query, variables: filled })
  await client.post(whole.slice(0, -2))
  await client.post(whole, { 'content-type': 'text/plain' })
  await client.post(JSON.stringify({ query: query.slice(0, -1), variables: filled }))
  await client.post(JSON.stringify({ query, variables: text }))
  // Written into the query itself: with quotes, and with the quotes forgotten.
  const word = /\w+/.exec(text)?.[0] ?? ''
  for (const literal of [JSON.stringify(text), word, `"${word}`, `{ a: "${word}" }`]) {
    const field = path.at(-1) ?? ''
    await client.post(JSON.stringify({ query: `mutation { signIn(${field}: ${literal}) { id } }` }))
    await client.post(
      JSON.stringify({ query: `mutation { createUser(input: { ${field}: ${literal} }) { id } }` }),
    )
  }
}

function withValue(
  variables: object,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): object {
  const inner: unknown = Reflect.get(variables, name)
  const changed = rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value)
  return { ...variables, [name]: changed }
}
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

async function plantAsVisitor(): Promise<void> {
  const visitor = clientOf()
  const password = canary('Mutation.signIn.password', 'wrong')
  await send(SIGN_IN, { loginName: 'admin', password }, visitor)
  await send(SIGN_IN, { loginName: password, password }, visitor)
  await plantRefused(SIGN_IN, { loginName: 'nobody', password }, ['password'], password, visitor)
  const token = canary('Mutation.setUp.token')
  const wanted = canary('Mutation.setUp.password')
  await send(SET_UP, { token, password: wanted }, visitor)
  await plantRefused(SET_UP, { token, password: wanted }, ['token'], token, visitor)
  await plantRefused(SET_UP, { token, password: wanted }, ['password'], wanted, visitor)
  // As a program, a browser and a socket bring them; letters only, since a header takes no others.
  const header = canaryOf('header', `cnry${randomBytes(12).toString('hex')}`)
  canaries.set(header.name, header)
  const { text } = header
  await visitor.post('{"query":"{ me { id } }"}', { authorization: `Bearer ${text}` })
  await visitor.post('{"query":"{ me { id } }"}', { authorization: `Basic ${base64(text)}` })
  await visitor.post('{"query":"{ me { id } }"}', { cookie: `mailroom=${text}`, 'x-api-key': text })
  await listen(visitor, 'subscription { mailServersChanged { id } }', {}, `Bearer ${text}`)
  for (const path of ['/oauth/callback', '/sign-in/callback']) {
    await fetch(`${recorder.url}${path}?code=${text}&state=${text}`, { redirect: 'manual' })
  }
  await signInByProvider()
}

/** Once in earnest, and once with an answer of the provider's that is not understood: it is logged. */
async function signInByProvider(): Promise<void> {
  const browser = new OidcBrowser({ url: recorder.url, client: clientOf })
  idp.claims['hanako'] = { preferred_username: 'hanako', name: MARKER.text }
  expect(await browser.signIn(idp, 'hanako')).toBe('/sign-in')
  const url = new URL(await browser.start())
  const refusal = new URL('http://localhost/')
  refusal.searchParams.set('error', MARKER.text)
  refusal.searchParams.set('state', url.searchParams.get('state') ?? '')
  refusal.searchParams.set('iss', idp.issuer)
  await browser.comeBack(refusal)
}

/** The administrator on the recorder's way, whose cookie and token were given on another. */
async function knownAdmin(direct: string): Promise<TestClient> {
  const client = await new TestClient(direct).signIn('admin', canary('MAILROOM_ADMIN_PASSWORD'))
  keep('a session', client.cookie?.split('=')[1])
  const { token } = await createApiToken(client)
  keep('an API token', token)
  const program = clientOf()
  program.bearer = token
  await program.ask('{ me { id } }')
  const recorded = clientOf()
  recorded.cookie = client.cookie
  return recorded
}

function keep(name: string, text: string | undefined): void {
  if (text === undefined || text.length < 20) throw new Error(`no ${name}`)
  canaries.set(name, canaryOf(name, text))
}

async function plantInPeople(): Promise<void> {
  const loginName = 'taro'
  const password = canary('UserInput.password')
  const input = userInput({ loginName, displayName: MARKER.text, password })
  const { createUser } = await admin.ask<{ createUser: { id: string } }>(CREATE_USER, { input })
  const { id } = createUser
  await send(CREATE_USER, { input: { ...input, role: 'KING' } })
  await send(CREATE_USER, { input })
  await plantRefused(CREATE_USER, { input }, ['input', 'password'], password)
  const changed = { ...input, password: canary('UserInput.password', 'changed') }
  await admin.ask(UPDATE_USER, { id, version: 1, input: changed })
  await send(UPDATE_USER, { id, version: 1, input: changed })
  await plantRefused(
    UPDATE_USER,
    { id, version: 9, input: changed },
    ['input', 'password'],
    changed.password,
  )
  for (const search of [password, `${password}%`]) {
    await send('query ($search: String) { users(search: $search) { id } }', { search })
    await send('query ($search: String) { auditEvents(search: $search) { totalCount } }', {
      search,
    })
    await send('query ($id: ID!) { user(id: $id) { id } mailServer(id: $id) { id } }', {
      id: search,
    })
  }
  await plantInOwnPassword(loginName, changed.password)
}

async function plantInOwnPassword(loginName: string, currentPassword: string): Promise<void> {
  const taro = clientOf()
  taro.cookie = (
    await new TestClient(await mailroom.ready).signIn(loginName, currentPassword)
  ).cookie
  const wrong = canary('Mutation.changePassword.currentPassword')
  const newPassword = canary('Mutation.changePassword.newPassword')
  await send(CHANGE_PASSWORD, { currentPassword: wrong, newPassword }, taro)
  const variables = { currentPassword: wrong, newPassword: 'short' }
  await plantRefused(CHANGE_PASSWORD, variables, ['currentPassword'], wrong, taro)
  await plantRefused(CHANGE_PASSWORD, variables, ['newPassword'], newPassword)
  await taro.ask(CHANGE_PASSWORD, { currentPassword, newPassword })
  await new TestClient(await mailroom.ready).signIn(loginName, newPassword)
}

async function plantInProviders(): Promise<void> {
  const clientSecret = canary('OAuthProviderInput.clientSecret')
  const input = { name: 'Google', preset: 'GOOGLE', clientId: 'id', clientSecret }
  const { createOAuthProvider: made } = await admin.ask<{
    createOAuthProvider: { id: string; version: number }
  }>(CREATE_PROVIDER, { input })
  const second = canary('OAuthProviderInput.clientSecret', 'changed')
  const variables = { ...made, input: { ...input, clientSecret: second } }
  await admin.ask(UPDATE_PROVIDER, variables)
  await send(UPDATE_PROVIDER, variables)
  await send(CREATE_PROVIDER, { input: { ...input, preset: 'CUSTOM', metadataUrl: 'x y' } })
  await plantRefused(UPDATE_PROVIDER, variables, ['input', 'clientSecret'], second)
  // With the one that the authorisation server knows: the whole way to a token and back.
  const real = {
    ...{ name: MARKER.text, preset: 'CUSTOM', metadataUrl: oauth.metadataUrl },
    ...{ clientId: oauth.client.id, clientSecret: oauth.client.secret },
    scopes: 'openid mail offline_access',
  }
  const { createOAuthProvider: custom } = await admin.ask<{ createOAuthProvider: { id: string } }>(
    CREATE_PROVIDER,
    { input: real },
  )
  const start = { providerId: custom.id, loginHint: 'taro@example.co.jp' }
  const { startOAuthGrant } = await admin.ask<{ startOAuthGrant: string }>(START_GRANT, start)
  const back = await oauth.grant(startOAuthGrant)
  keep('an authorisation code', back.searchParams.get('code') ?? undefined)
  expect((await comeBack(recorder, admin, back)).status).toBe(200)
  await comeBack(recorder, admin, back)
}

const STEP = 'kind outcome problem detail transcript advice'
const TYPED = `($input: MailServerInput!, $credentials: DiagnosisCredentialsInput) `
const DIAGNOSE = `mutation ${TYPED} { diagnoseMailServer(input: $input, credentials: $credentials) { steps { ${STEP} } } }`
const WATCH = `subscription ${TYPED} { mailServerDiagnosis(input: $input, credentials: $credentials) { ${STEP} } }`
const DIAGNOSE_ACCOUNT = `mutation ($id: ID!) { diagnoseMailAccount(accountId: $id) { steps { ${STEP} } } }`

async function plantInMail(servers: EchoMailServers): Promise<void> {
  await plantInAccounts(servers)
  const credentials = {
    ...{ incomingUsername: 'taro', outgoingUsername: 'taro' },
    incomingPassword: canary('DiagnosisCredentialsInput.incomingPassword'),
    outgoingPassword: canary('DiagnosisCredentialsInput.outgoingPassword'),
  }
  const token = canary('DiagnosisCredentialsInput.incomingPassword', 'as a token')
  for (const protocol of ['IMAP4', 'POP3'] as const) {
    const variables = { input: echoInput(servers, protocol), credentials }
    const { text } = await send(DIAGNOSE, variables)
    expect(text).toContain('AUTH_REJECTED')
    await listen(admin, WATCH, variables)
  }
  const input = echoInput(servers, 'IMAP4')
  const oauth2 = { ...input, incoming: { ...input.incoming, authMethod: 'XOAUTH2' } }
  await send(DIAGNOSE, { input: oauth2, credentials: { ...credentials, incomingPassword: token } })
  for (const name of ['incomingPassword', 'outgoingPassword'] as const) {
    const path = ['credentials', name]
    const refused = { input: { ...input, code: '' }, credentials }
    await plantRefused(DIAGNOSE, refused, path, credentials[name])
    await listen(admin, WATCH, refused)
    await listen(admin, WATCH, withValue(refused, path, [credentials[name]]))
    const said = servers.smtp.heard() + servers.imap.heard() + servers.pop3.heard()
    const forms = [...formsOf(canaryNamed(credentials[name])).values()]
    expect(forms.some((form) => said.includes(form))).toBe(true)
  }
}

function canaryNamed(text: string): Canary {
  const found = [...canaries.values()].find((each) => each.text === text)
  if (found === undefined) throw new Error('no such canary')
  return found
}

const echoInput = ({ smtp, imap, pop3 }: EchoMailServers, protocol: 'IMAP4' | 'POP3') => {
  const side = { host: '127.0.0.1', encryption: 'NONE', timeoutSeconds: 5 }
  const port = (protocol === 'IMAP4' ? imap : pop3).port
  return serverInput({
    name: MARKER.text,
    outgoing: { ...side, port: smtp.port, authMethod: 'PLAIN', credentials: 'OUTGOING' },
    incoming: { ...side, protocol, port },
  })
}

async function plantInAccounts(servers: EchoMailServers): Promise<void> {
  const server = await createMailServer(admin, echoInput(servers, 'IMAP4'))
  const input = accountInput(await idOf(admin), server.id, {
    ...{ incomingUsername: 'taro', outgoingUsername: 'taro', name: MARKER.text },
    incomingPassword: canary('MailAccountInput.incomingPassword'),
    outgoingPassword: canary('MailAccountInput.outgoingPassword'),
  })
  const { createMailAccount } = await admin.ask<{ createMailAccount: { id: string } }>(
    CREATE_ACCOUNT,
    { input },
  )
  accountId = createMailAccount.id
  await send(DIAGNOSE_ACCOUNT, { id: accountId })
  const changed = {
    ...input,
    incomingPassword: canary('MailAccountInput.incomingPassword', 'changed'),
    outgoingPassword: canary('MailAccountInput.outgoingPassword', 'changed'),
  }
  await admin.ask(UPDATE_ACCOUNT, { id: accountId, version: 1, input: changed })
  await listen(
    admin,
    `subscription ($id: ID!) { mailAccountDiagnosis(accountId: $id) { ${STEP} } }`,
    {
      id: accountId,
    },
  )
  await send(UPDATE_ACCOUNT, { id: accountId, version: 1, input: changed })
  await send(UPDATE_ACCOUNT, { id: server.id, version: 1, input: changed })
  await send(CREATE_ACCOUNT, { input: changed })
  await send(CREATE_ACCOUNT, { input: { ...changed, code: 'other', email: 'no address' } })
  await send(CREATE_ACCOUNT, { input: { ...changed, code: 'other', mailServerId: accountId } })
  const variables = { id: accountId, version: 7, input: changed }
  for (const name of ['incomingPassword', 'outgoingPassword'] as const) {
    await plantRefused(UPDATE_ACCOUNT, variables, ['input', name], changed[name])
  }
}

/** Somebody's own columns are left out, with what is in them. */
async function plantInFiles(): Promise<void> {
  const secret = canary('MailAccountInput.incomingPassword', 'in a file').replaceAll('"', '""')
  const exported = await fetch(recorder.url + MAIL_SERVERS.path, {
    headers: { cookie: admin.cookie ?? '' },
  })
  const [head = '', ...rows] = (await exported.text()).trimEnd().split(/\r?\n/)
  const file = [`${head},パスワード`, ...rows.map((row) => `${row},"${secret}"`)].join('\r\n')
  const { errors } = await send(MAIL_SERVERS.preview, { file: base64(file) })
  expect(errors).toEqual([])
  await send(MAIL_SERVERS.import, { file: base64(file) })
  await send(MAIL_SERVERS.import, { file: secret })
}

/** All that can be asked for of what was planted. */
async function readAll(): Promise<void> {
  await admin.ask(AUDIT_EVENTS, {})
  await admin.ask(`{ users { ${fieldsOf('User')} } oauthProviders { ${fieldsOf('OAuthProvider')} }
    mailAccounts { ${fieldsOf('MailAccount')} } oauthGrants { ${fieldsOf('OAuthGrant')} }
    apiTokens { ${fieldsOf('ApiToken')} } settings { ${fieldsOf('Settings')} }
    mailServers { ${fieldsOf('MailServer')} } }`)
}

/** Every field of a type that needs no arguments and no selection of its own. */
function fieldsOf(typeName: string): string {
  const type = schema.getType(typeName)
  if (!isObjectType(type)) throw new Error(`no type ${typeName}`)
  return Object.values(type.getFields())
    .filter(({ type: fieldType, args }) => {
      const named = getNamedType(fieldType)
      return args.length === 0 && !isObjectType(named) && !isInterfaceType(named)
    })
    .map(({ name }) => name)
    .join(' ')
}

/** Listens to its end; what comes is kept by the recorder. */
async function listen(
  client: TestClient,
  query: string,
  variables: object,
  authorization?: string,
) {
  const socket = connect(client, {}, authorization === undefined ? {} : { authorization })
  try {
    const events = socket.iterate({ query, variables: { ...variables } })
    let isOver = false
    while (!isOver) isOver = (await events.next()).done === true || authorization !== undefined
  } catch {
    // Refused: the recorder has the reason.
  } finally {
    await socket.dispose()
  }
}

/** What everybody on this machine may read of the processes that run. */
async function processes(file: 'cmdline' | 'environ', pids?: string[]): Promise<Place[]> {
  const all = pids ?? (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(
    all.map(async (pid) => ({
      name: `${file} of ${pid}`,
      bytes: await readFile(`/proc/${pid}/${file}`).catch(() => Buffer.alloc(0)),
    })),
  )
}

async function databaseEnvironments(): Promise<Place[]> {
  const [pid = ''] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split(
    '\n',
  )
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return processes('environ', [pid, ...children.trim().split(' ')])
}

it('every input of the schema that is called like a secret is planted, or known to be none', () => {
  const inputs = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isInputObjectType(type))
      return Object.keys(type.getFields()).map((f) => `${type.name}.${f}`)
    if (!isObjectType(type)) return []
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.map((arg) => `${type.name}.${field.name}.${arg.name}`),
    )
  })
  const named = inputs.filter((input) => LIKE_A_SECRET.test(input.split('.').at(-1) ?? ''))
  expect(named.toSorted()).toEqual([...SECRETS, ...NO_SECRETS].toSorted())
  const planted = new Set([...canaries.keys()].map((name) => name.split(' ')[0]))
  expect(SECRETS.filter((secret) => !planted.has(secret))).toEqual([])
})

it('the search finds each form in which a secret could come up', () => {
  const sought = createCanary('sought')
  const sayings = [
    sought.text,
    JSON.stringify({ a: sought.text }),
    encodeURIComponent(sought.text),
    Buffer.from(sought.text).toString('hex'),
    ...['', 'u', '\0u\0', '\0user\0'].map((before) => base64(before + sought.text)),
    Buffer.from(`ab${sought.text}`).toString('base64url'),
  ]
  for (const saying of sayings) {
    expect([
      saying,
      findCanaries([sought], [{ name: 'x', bytes: Buffer.from(saying) }]),
    ]).not.toEqual([saying, []])
  }
})

it.each(['answers', 'log', 'tables', 'commands'] as const)(
  'what is no secret is found in the %s',
  (where) => {
    expect(findCanaries([MARKER], [found[where]].flat())).not.toEqual([])
  },
)

it.each(['answers', 'log', 'tables', 'commands', 'environments'] as const)(
  'no secret is in the %s, in whatever form',
  (where) => {
    const places = [found[where]].flat()
    expect(places.length).toBeGreaterThan(0)
    expect(findCanaries([...canaries.values()], places)).toEqual([])
  },
)

it('no secret is in any file of the data folder, the database’s own and its log among them', async () => {
  expect(await findInFiles([MARKER], dataDir)).not.toEqual([])
  expect(await findInFiles([...canaries.values()], dataDir)).toEqual([])
})

it('every line of the log is one event', () => {
  const lines = found.log.bytes
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow()
})
