import { isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildSchema } from '../../src/graphql/build-schema.js'
import { ADMIN_PASSWORD, type TestClient } from '../support/api.js'
import { accountInput, createAccount } from '../support/accounts-kit.js'
import { CALLERS, Callers, type CallerName } from '../support/callers.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { operationsOf, requestFor, sampleOf, type Operation } from '../support/sample-operation.js'
import { connect } from '../support/subscription-socket.js'

/**
 * What a caller is answered.
 * - PASSED: let in; whether what it asked for is there, and its input right, is not looked at.
 * - DONE: let in, and it was done.
 * - HIDDEN: NOT_FOUND or null, as if it were not there.
 */
type Verdict = 'PASSED' | 'DONE' | 'HIDDEN' | 'UNAUTHENTICATED' | 'FORBIDDEN'
type Verdicts = Readonly<Record<CallerName, Verdict>>
type Args = (callers: Callers) => Promise<Record<string, unknown>>
/** Who is answered what; with arguments of its own where samples would not show it. */
type Row = Verdicts | readonly [Verdicts, Args]

const P = 'PASSED'
const U = 'UNAUTHENTICATED'
const F = 'FORBIDDEN'

function verdicts(
  anonymous: Verdict,
  user: Verdict,
  administrator: Verdict,
  userToken: Verdict = user,
  adminToken: Verdict = administrator,
): Verdicts {
  return {
    anonymous,
    userA: user,
    userB: user,
    administrator,
    deactivated: anonymous,
    expiredSession: anonymous,
    userToken,
    adminToken,
    // Even where anyone may: a program is told that its token is no good.
    expiredToken: U,
    revokedToken: U,
  }
}

const ANYONE = verdicts(P, P, P)
const SIGNED_IN = verdicts(U, P, P)
const ADMINISTRATORS = verdicts(U, F, P)
/** A person's alone: no token may. */
const ANYONE_IN_PERSON = verdicts(P, P, P, F, F)
const SIGNED_IN_IN_PERSON = verdicts(U, P, P, F, F)
const ADMINISTRATORS_IN_PERSON = verdicts(U, F, P, F, F)
const NOBODY = verdicts(F, F, F)
/** userA's own: others do not even learn that it is there. */
const OWN_OF_A: Verdicts = {
  ...verdicts(U, 'HIDDEN', 'HIDDEN'),
  userA: 'DONE',
}

/** userA's, and every administrator's to manage. */
const MANAGED_OF_A: Verdicts = {
  ...verdicts(U, 'HIDDEN', 'DONE', 'HIDDEN', 'DONE'),
  userA: 'DONE',
}

/** Every operation, as it was reviewed. To add one, add its line. */
const OPERATIONS: Readonly<Record<string, Row>> = {
  'Query.apiTokens': ADMINISTRATORS,
  'Query.auditEvents': ADMINISTRATORS,
  'Query.defaultLanguage': ANYONE,
  'Query.deletedMailServerCount': ADMINISTRATORS,
  'Query.correspondents': [MANAGED_OF_A, accountIdOfA],
  'Query.draft': [OWN_OF_A, draftOfA],
  'Query.drafts': [MANAGED_OF_A, accountIdOfA],
  'Query.findMailServerSettings': ADMINISTRATORS,
  'Query.mailAccount': [MANAGED_OF_A, accountOfA],
  'Query.mailAccounts': SIGNED_IN,
  'Query.mailAccountsPage': SIGNED_IN,
  'Query.mailServer': ADMINISTRATORS,
  'Query.mailServerOptions': SIGNED_IN,
  'Query.mailServerVersionChanges': ADMINISTRATORS,
  'Query.mailServers': ADMINISTRATORS,
  'Query.mailboxes': SIGNED_IN,
  'Query.me': ANYONE,
  'Query.message': [MANAGED_OF_A, messageOfA],
  'Query.messages': [MANAGED_OF_A, accountIdOfA],
  'Query.myRules': SIGNED_IN,
  'Query.needsSetUp': ANYONE,
  'Query.oauthGrants': SIGNED_IN,
  'Query.oauthProvider': ADMINISTRATORS,
  'Query.oauthProviders': ADMINISTRATORS,
  'Query.oauthRedirectUri': ADMINISTRATORS,
  'Query.receiveRun': [MANAGED_OF_A, runOfA],
  'Query.receiveRuns': [MANAGED_OF_A, accountIdOfA],
  'Query.sending': [MANAGED_OF_A, sendingOfA],
  'Query.settings': ADMINISTRATORS,
  'Query.signInMethods': ANYONE,
  'Query.unparsedMessages': [MANAGED_OF_A, accountIdOfA],
  'Query.unreceivedMessages': [MANAGED_OF_A, accountIdOfA],
  'Query.user': ADMINISTRATORS,
  'Query.users': ADMINISTRATORS,
  'Mutation.cancelReceiving': [MANAGED_OF_A, async (all) => ({ runId: (await runOfA(all)).id })],
  'Mutation.cancelSending': [MANAGED_OF_A, sendingOfA],
  'Mutation.changePassword': SIGNED_IN_IN_PERSON,
  'Mutation.confirmSending': [MANAGED_OF_A, unconfirmedOfA],
  'Mutation.createApiToken': ADMINISTRATORS_IN_PERSON,
  'Mutation.createMailAccount': SIGNED_IN,
  'Mutation.createMailServer': ADMINISTRATORS,
  'Mutation.createOAuthProvider': ADMINISTRATORS,
  'Mutation.createUser': ADMINISTRATORS_IN_PERSON,
  'Mutation.deactivateUser': ADMINISTRATORS_IN_PERSON,
  'Mutation.deleteAllMailServers': ADMINISTRATORS,
  'Mutation.deleteDraft': [OWN_OF_A, draftOfA],
  'Mutation.deleteMailAccount': [MANAGED_OF_A, accountOfA],
  'Mutation.deleteMailServer': ADMINISTRATORS,
  'Mutation.deleteMessages': [MANAGED_OF_A, messagesOfA],
  'Mutation.deleteOAuthGrant': [OWN_OF_A, grantOfA],
  'Mutation.deleteOAuthProvider': ADMINISTRATORS,
  'Mutation.deleteUpload': [OWN_OF_A, uploadOfA],
  'Mutation.deleteUser': ADMINISTRATORS_IN_PERSON,
  'Mutation.diagnoseMailAccount': [MANAGED_OF_A, diagnosableOfA],
  'Mutation.diagnoseMailServer': ADMINISTRATORS,
  'Mutation.hideRemoteContent': SIGNED_IN,
  'Mutation.importMailAccounts': ADMINISTRATORS,
  'Mutation.importMailServers': ADMINISTRATORS,
  'Mutation.markRead': [MANAGED_OF_A, async (all) => ({ ...(await messagesOfA(all)), read: true })],
  'Mutation.moveMailAccounts': ADMINISTRATORS,
  'Mutation.parseMessageAgain': [MANAGED_OF_A, messageOfA],
  'Mutation.previewMailAccountImport': ADMINISTRATORS,
  'Mutation.previewMailServerImport': ADMINISTRATORS,
  'Mutation.reactivateUser': ADMINISTRATORS_IN_PERSON,
  'Mutation.receiveMail': [MANAGED_OF_A, accountIdOfA],
  'Mutation.reconcileMailbox': [MANAGED_OF_A, accountIdOfA],
  'Mutation.reorderMailServers': ADMINISTRATORS,
  'Mutation.restoreMailServerVersion': ADMINISTRATORS,
  'Mutation.restoreMailServers': ADMINISTRATORS,
  'Mutation.retrySending': [MANAGED_OF_A, unconfirmedOfA],
  'Mutation.restoreMessages': [MANAGED_OF_A, messagesOfA],
  'Mutation.revokeApiToken': ADMINISTRATORS_IN_PERSON,
  'Mutation.saveDraft': [MANAGED_OF_A, mailOfA],
  'Mutation.sendMail': [MANAGED_OF_A, mailOfA],
  'Mutation.setUp': NOBODY,
  'Mutation.showRemoteContent': SIGNED_IN,
  'Mutation.signIn': [
    ANYONE_IN_PERSON,
    () => Promise.resolve({ loginName: 'admin', password: ADMIN_PASSWORD }),
  ],
  'Mutation.signOut': SIGNED_IN_IN_PERSON,
  'Mutation.startOAuthGrant': SIGNED_IN_IN_PERSON,
  'Mutation.startOidcLink': SIGNED_IN_IN_PERSON,
  'Mutation.startOidcSignIn': ANYONE_IN_PERSON,
  'Mutation.unlinkMe': SIGNED_IN_IN_PERSON,
  'Mutation.unlinkUser': ADMINISTRATORS_IN_PERSON,
  'Mutation.updateMailAccount': [MANAGED_OF_A, changeOfA],
  'Mutation.updateMailServer': ADMINISTRATORS,
  'Mutation.updateMe': SIGNED_IN_IN_PERSON,
  'Mutation.updateOAuthProvider': ADMINISTRATORS,
  'Mutation.updateSettings': ADMINISTRATORS,
  'Mutation.updateUser': ADMINISTRATORS_IN_PERSON,
  'Subscription.mailAccountDiagnosis': [MANAGED_OF_A, diagnosableOfA],
  'Subscription.mailboxChanged': [MANAGED_OF_A, accountIdOfA],
  'Subscription.mailServerDiagnosis': ADMINISTRATORS,
  'Subscription.mailServersChanged': ADMINISTRATORS,
  'Subscription.receiveProgress': [
    MANAGED_OF_A,
    async (all) => ({ runId: (await runOfA(all)).id }),
  ],
  'Subscription.sendingChanged': [MANAGED_OF_A, sendingAccountOfA],
}

/** Every address over HTTP but POST /graphql, and what anybody at all is answered; who calls changes nothing. */
const ROUTES: Readonly<Record<string, readonly number[]>> = {
  'GET /healthz': [200],
  'GET /readyz': [200],
  // A page that says that no sign-in was begun.
  'GET /oauth/callback': [400],
  // On to the sign-in page, which says that no sign-in was begun.
  'GET /sign-in/callback': [302],
  'USE /assets/none.js': [404],
  // The empty frames of messages; 404 where the console is not built.
  'USE /message-frame/closed.html': [200, 404],
  'USE /message-frame/remote.html': [200, 404],
  // 503 where the console is not built.
  'GET /': [200, 503],
  'GET /explorer': [200, 503],
  'GET /graphql': [404],
  // Uploads are posted (sending.test.ts).
  'GET /uploads': [200, 404, 503],
}
/** Addresses over HTTP that answer some and refuse others. */
const DOWNLOADS: Readonly<Record<string, Verdicts>> = {
  'GET /transfer/mail-accounts.csv': verdicts(U, F, 'DONE'),
  'GET /transfer/mail-servers.csv': verdicts(U, F, 'DONE'),
  'GET /messages/:id/source': MANAGED_OF_A,
  'GET /messages/:id/attachments/:position': MANAGED_OF_A,
}
/** Addresses that take what somebody brings; whom they answer is looked at where the files are. */
const UPLOADS = ['POST /uploads']
const STATUSES: Readonly<Partial<Record<Verdict, number>>> = {
  DONE: 200,
  HIDDEN: 404,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
}
/** Not routes of their own: the console answers them, or nothing does. */
const UNROUTED = ['GET /', 'GET /explorer', 'GET /graphql', 'GET /uploads']

const schema = await buildSchema()
const operations = operationsOf(schema)
const served = spyOnRoutes()
let callers: Callers

beforeAll(async () => {
  callers = await Callers.start({ MAILROOM_DISCOVERY: 'off' })
})
afterAll(() => callers.close())
// Somebody is refused in every test; that he must wait in the end is another test's.
beforeEach(() => callers.sql.query('DELETE FROM rate_limit'))

describe('the table', () => {
  it('has a line for each operation of the schema, and none for what is not there', () => {
    const names = operations.map(({ name }) => name)
    const missing = names
      .filter((name) => !(name in OPERATIONS))
      .map((name) => `${name} has no line in OPERATIONS: decide there who may call it.`)
    const extra = Object.keys(OPERATIONS)
      .filter((name) => !names.includes(name))
      .map((name) => `The schema has no ${name}: take its line out of OPERATIONS.`)
    expect([...missing, ...extra]).toEqual([])
  })

  it('has a line for each address that is served, and none for what is not there', () => {
    const known = [...Object.keys(ROUTES), ...Object.keys(DOWNLOADS), ...UPLOADS].filter(
      (route) => !UNROUTED.includes(route),
    )
    const places = [...served]
    const isBelow = (route: string, place: string) =>
      route === place || route.startsWith(`${place}/`)
    const missing = places
      .filter((place) => !known.some((route) => isBelow(route, place)))
      .map((place) => `${place} has no line in ROUTES: decide there who is answered what.`)
    const extra = known
      .filter((route) => !places.some((place) => isBelow(route, place)))
      .map((route) => `Nothing serves ${route}: take its line out of ROUTES.`)
    expect([...missing, ...extra]).toEqual([])
  })
})

describe('who may call what', () => {
  it.each(operations)('$name', async (operation) => {
    const row = OPERATIONS[operation.name]
    if (row === undefined) throw new Error('no line: see above')
    const [expected, argsOf] = isPair(row) ? row : [row, () => Promise.resolve({})]
    const found: Partial<Record<CallerName, string>> = {}
    for (const name of CALLERS) {
      const request = requestFor(operation, await argsOf(callers))
      const outcome = await outcomeOf(operation, request, await callers.client(name))
      found[name] = matches(outcome, expected[name]) ? expected[name] : outcome
    }
    expect(found).toEqual(expected)
  })

  it.each(Object.entries(ROUTES))('%s is the same to everybody', async (route, statuses) => {
    for (const name of CALLERS) expect(statuses).toContain(await statusOf(route, name))
  })

  it.each(Object.entries(DOWNLOADS))('%s', async (route, expected) => {
    for (const name of CALLERS) {
      const status = await statusOf(route, name)
      expect([name, status]).toEqual([name, STATUSES[expected[name]]])
    }
  })

  async function statusOf(route: string, name: CallerName): Promise<number> {
    const pattern = route.split(' ')[1] ?? ''
    const path = pattern.includes(':id')
      ? pattern.replace(':id', (await messageOfA(callers)).id).replace(':position', '0')
      : pattern
    const { cookie, bearer } = await callers.client(name)
    const headers = {
      accept: 'text/html',
      ...(cookie === undefined ? {} : { cookie }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    }
    const response = await fetch(callers.api.url + path, { headers, redirect: 'manual' })
    await response.body?.cancel()
    return response.status
  }
})

/** What people try to smuggle in beside the fields of a form. */
const ALIENS = [
  'id',
  'version',
  'role',
  'userId',
  'ownerId',
  'position',
  'createdAt',
  'updatedAt',
  'deletedAt',
  'deactivatedAt',
  'passwordHash',
  'tokenHash',
]

describe('what is not in an input', () => {
  const inputs = operations.flatMap((operation) =>
    operation.field.args
      .map((arg) => ({ operation, arg, type: bare(arg.type) }))
      .filter(({ type }) => isInputObjectType(type)),
  )
  it.each(inputs)(
    'is refused by $operation.name, in $arg.name',
    async ({ operation, arg, type }) => {
      if (!isInputObjectType(type)) return
      const aliens = ALIENS.filter((name) => !(name in type.getFields()))
      const fields = sampleOf(type, arg.name) as object
      const input = { ...fields, ...Object.fromEntries(aliens.map((name) => [name, 'x'])) }
      const value = isListType(nullable(arg.type)) ? [input] : input
      const request = requestFor(operation, { [arg.name]: value })
      const { errors } = await answerTo(operation, request, await callers.client('administrator'))
      const refused = errors[0]?.extensions.fields?.filter((f) => f.rule === 'unknown') ?? []
      expect(refused.map((f) => f.path.split('.').at(-1)).sort()).toEqual(aliens.sort())
    },
  )
})

const NO_IDS = [
  null,
  '',
  'x',
  '%',
  "' OR '1'='1",
  1,
  true,
  {},
  { ne: null },
  [],
  [null],
  'a\u0000b',
]

describe('an id that is none', () => {
  const named = operations
    .filter(({ kind }) => kind !== 'subscription')
    .flatMap((operation) =>
      operation.field.args
        .filter((arg) => isNonNullType(arg.type) && /^\[?ID/.test(String(arg.type)))
        .map((arg) => ({ operation, arg })),
    )
  it.each(named)(
    'finds and changes nothing: $operation.name by $arg.name',
    async ({ operation, arg }) => {
      const admin = await callers.client('administrator')
      await createMailServer(admin)
      const before = await contents()
      for (const id of NO_IDS) {
        const request = requestFor(operation, { [arg.name]: id })
        const outcome = await outcomeOf(operation, request, admin)
        const isEmptyList = Array.isArray(id) && id.length === 0 && isListType(nullable(arg.type))
        if (!isEmptyList) expect([id, outcome]).toEqual([id, expect.stringMatching(NOTHING)])
      }
      expect(await contents()).toEqual(before)
    },
  )
  const NOTHING = /^(EMPTY|NOT_FOUND|BAD_USER_INPUT|CONFLICT)$/

  /** All rows of all tables that a request may change, but those of requests as such. */
  async function contents(): Promise<Record<string, string>> {
    const { rows } = await callers.sql.query<{ table_name: string }>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'
       AND table_name NOT IN ('session', 'rate_limit')`,
    )
    const found: Record<string, string> = {}
    for (const { table_name: table } of rows) {
      const { rows: all } = await callers.sql.query<{ rows: string }>(
        `SELECT coalesce(string_agg(t::text, '\n' ORDER BY t::text), '') AS rows FROM ${table} t`,
      )
      found[table] = all[0]?.rows ?? ''
    }
    return found
  }
})

function isPair(row: Row): row is readonly [Verdicts, Args] {
  return Array.isArray(row)
}

function matches(outcome: string, verdict: Verdict): boolean {
  if (verdict === 'HIDDEN') return outcome === 'NOT_FOUND' || outcome === 'EMPTY'
  if (verdict !== 'PASSED') return outcome === verdict
  return ['DONE', 'EMPTY', 'NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT'].includes(outcome)
}

type Request = ReturnType<typeof requestFor>
interface Answered {
  readonly data?: Record<string, unknown> | null | undefined
  readonly errors: readonly {
    message?: string
    extensions: { code?: string; fields?: { path: string; rule: string }[] }
  }[]
}

async function outcomeOf(operation: Operation, request: Request, client: TestClient) {
  const { data, errors } = await answerTo(operation, request, client)
  const [error] = errors
  if (error !== undefined) return error.extensions.code ?? `error: ${error.message ?? ''}`
  return data?.[operation.field.name] == null ? 'EMPTY' : 'DONE'
}

function answerTo(operation: Operation, request: Request, client: TestClient): Promise<Answered> {
  return operation.kind === 'subscription'
    ? firstAnswer(request, client)
    : client.send<Record<string, unknown>>(request.query, request.variables)
}

/** The first answer to a subscription, by a socket that is closed after it. */
async function firstAnswer(request: Request, client: TestClient): Promise<Answered> {
  const params = client.bearer === undefined ? {} : { authorization: `Bearer ${client.bearer}` }
  const socket = connect(client, {}, params)
  try {
    const answer = await socket.iterate<Record<string, unknown>>(request).next()
    const { data, errors = [] } = answer.done ? {} : answer.value
    return { data, errors: errors as Answered['errors'] }
  } catch (error) {
    if (Array.isArray(error)) return { errors: error as Answered['errors'] }
    if (!isRefusedToken(error)) throw error
    return { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }
  } finally {
    await socket.dispose()
  }
}

const isRefusedToken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 4401

const nullable = (type: GraphQLInputType): GraphQLInputType =>
  isNonNullType(type) ? type.ofType : type

function bare(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) || isListType(type) ? bare(type.ofType) : type
}

/** A grant as userA has one, that has ended: the provider need not be there to be told. */
async function grantOfA({ sql }: Callers): Promise<{ id: string | undefined }> {
  const { rows } = await sql.query<{ id: string }>(
    `WITH provider AS (
       INSERT INTO oauth_provider (name, preset, client_id, scopes, flow)
       VALUES ('sample', 'GOOGLE', 'sample', 'mail', 'AUTHORIZATION_CODE') RETURNING id
     )
     INSERT INTO oauth_grant (provider_id, user_id, mailbox, state)
     SELECT provider.id, app_user.id, 'a@example.jp', 'ENDED' FROM provider, app_user
     WHERE login_name = 'userA' RETURNING id`,
  )
  return { id: rows[0]?.id }
}

async function accountOfA(callers: Callers): Promise<{ id: string }> {
  const { id: serverId } = await createMailServer(callers.administrator)
  const { id } = await createAccount(callers.administrator, await callers.idOf('userA'), serverId)
  return { id }
}

/** At a server of which it is known at once that nobody is there. */
async function diagnosableOfA(callers: Callers): Promise<{ accountId: string }> {
  const side = { host: '127.0.0.1', port: 1, timeoutSeconds: 1 }
  const { id: serverId } = await createMailServer(callers.administrator, {
    outgoing: side,
    incoming: side,
  })
  const { id } = await createAccount(callers.administrator, await callers.idOf('userA'), serverId)
  return { accountId: id }
}

async function changeOfA(callers: Callers): Promise<Record<string, unknown>> {
  const { id: serverId } = await createMailServer(callers.administrator)
  const userId = await callers.idOf('userA')
  const { id } = await createAccount(callers.administrator, userId, serverId)
  return { id, version: 1, input: accountInput(userId, serverId) }
}

/** Notes each address that the web framework is told to serve from now on. */
function spyOnRoutes(): ReadonlySet<string> {
  const served = new Set<string>()
  for (const method of ['get', 'post', 'put', 'patch', 'delete', 'all', 'use'] as const) {
    const original = express.application[method] as (...args: unknown[]) => unknown
    // express.get with a name alone reads a setting.
    const noting = function (this: unknown, ...args: unknown[]) {
      const [path, handler] = args
      if (typeof path === 'string' && handler !== undefined)
        served.add(`${method.toUpperCase()} ${path}`)
      return original.apply(this, args)
    }
    Object.assign(express.application, { [method]: noting })
  }
  return served
}

async function accountIdOfA(callers: Callers): Promise<{ accountId: string }> {
  return { accountId: (await accountOfA(callers)).id }
}

/** A receiving that nobody has taken up. */
async function runOfA(callers: Callers): Promise<{ id: string }> {
  return insertFor(callers, "INSERT INTO receive_run (account_id, reason) VALUES ($1, 'MANUAL')")
}

/** One that brings something along. */
const SOURCE = [
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Disposition: attachment; filename=a.txt',
  '',
  'hello',
  '--b--',
  '',
].join('\r\n')

async function messageOfA(callers: Callers): Promise<{ id: string }> {
  return insertFor(
    callers,
    `WITH kept AS (INSERT INTO message (account_id, folder, size_bytes, sha256, parse_state)
       VALUES ($1, 'INBOX', 1, '\\x00', 'FAILED') RETURNING id),
     attached AS (INSERT INTO message_attachment
         (message_id, position, filename, content_type, size_bytes, is_inline)
       SELECT id, 0, 'a.txt', 'text/plain', 5, false FROM kept)
     INSERT INTO message_source_part (message_id, part, bytes)
       SELECT id, 0, decode('${Buffer.from(SOURCE).toString('hex')}', 'hex') FROM kept`,
    'message_id AS id',
  )
}

async function messagesOfA(callers: Callers): Promise<{ ids: string[] }> {
  return { ids: [(await messageOfA(callers)).id] }
}

async function insertFor(callers: Callers, sql: string, id = 'id'): Promise<{ id: string }> {
  const { id: accountId } = await accountOfA(callers)
  const { rows } = await callers.sql.query<{ id: string }>(`${sql} RETURNING ${id}`, [accountId])
  const [row] = rows
  if (row === undefined) throw new Error('nothing was inserted')
  return row
}

async function mailOfA(callers: Callers): Promise<{ input: object }> {
  return { input: { ...(await accountIdOfA(callers)), to: ['sample@example.jp'] } }
}

async function draftOfA(callers: Callers): Promise<{ id: string }> {
  return insertFor(
    callers,
    `INSERT INTO draft (user_id, account_id, "to", cc, bcc, subject, text, forward_attachment_ids)
     SELECT user_id, id, '{}', '{}', '{}', '', '', '{}' FROM mail_account WHERE id = $1`,
  )
}

async function uploadOfA(callers: Callers): Promise<{ id: string }> {
  return insertFor(
    callers,
    `INSERT INTO upload (user_id, filename, content_type, is_complete)
     SELECT user_id, 'a.txt', 'text/plain', true FROM mail_account WHERE id = $1`,
  )
}

/** One that nobody has taken up. */
function sendingOfA(callers: Callers): Promise<{ id: string }> {
  return sendingIn(callers, 'QUEUED')
}

function unconfirmedOfA(callers: Callers): Promise<{ id: string }> {
  return sendingIn(callers, 'UNCONFIRMED')
}

async function sendingIn(callers: Callers, state: string): Promise<{ id: string }> {
  const { id } = await insertSending(callers, state, 'id')
  return { id }
}

async function sendingAccountOfA(callers: Callers): Promise<{ accountId: string }> {
  return { accountId: (await insertSending(callers, 'QUEUED', 'account_id AS id')).id }
}

function insertSending(callers: Callers, state: string, id: string): Promise<{ id: string }> {
  return insertFor(
    callers,
    `WITH kept AS (INSERT INTO message (account_id, folder, size_bytes, sha256)
       VALUES ($1, 'OUTBOX', 1, '\\x00') RETURNING id, account_id)
     INSERT INTO sending (account_id, message_id, state, sender, content, due_at)
       SELECT account_id, id, '${state}', 'a@example.jp', '${JSON.stringify(CONTENT)}', now()
       FROM kept`,
    id,
  )
}

const CONTENT = {
  ...{ to: ['sample@example.jp'], cc: [], bcc: [], subject: '', text: '', html: null },
  ...{ replyToId: null, forwardOfId: null, forwardAttachmentIds: [] },
}
