import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addPerson,
  createAccount,
  idOf,
  type Person,
  type ReadAccount,
} from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  DELETE,
  createMailServer,
  serverInput,
  type ReadServer,
} from '../support/mail-servers-kit.js'
import { startScriptedServer, type ScriptedServer } from '../support/scripted-server.js'
import { connect } from '../support/subscription-socket.js'

const PASSWORD = 'canary-hidden-8215'
const PLAIN = Buffer.from(`\0taro\0${PASSWORD}`).toString('base64')

let database: TestDatabase
let api: TestApi
let admin: TestClient
let a: Person
let b: Person
let smtp: ScriptedServer
let elsewhere: ScriptedServer
let server: ReadServer
let account: ReadAccount

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  a = await addPerson(api, database, 'hanako')
  b = await addPerson(api, database, 'jiro')
})
beforeEach(async () => {
  smtp = await startSmtp()
  elsewhere = await startSmtp()
  server = await createMailServer(admin, settings(smtp.port))
  account = await createAccount(a.client, a.id, server.id, {
    incomingUsername: 'taro',
    incomingPassword: PASSWORD,
  })
})
afterEach(async () => {
  await Promise.all([smtp.stop(), elsewhere.stop()])
  // A minute need not pass between the tests.
  await database.query('DELETE FROM rate_limit')
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

function startSmtp() {
  return startScriptedServer([
    { on: 'connect', reply: '220 mail.secret.example ESMTP\r\n' },
    { on: /^EHLO/, reply: '250-mail.secret.example\r\n250 AUTH PLAIN\r\n' },
    { on: /^AUTH PLAIN/, reply: '235 welcome\r\n' },
    { on: /^QUIT/, reply: '221 bye\r\n', end: 'fin' },
  ])
}

/** Sending to that port of this machine; nobody receives. */
function settings(port: number, outgoing: object = {}) {
  return serverInput({
    outgoing: {
      host: '127.0.0.1',
      ...{ port, encryption: 'NONE', authMethod: 'PLAIN', timeoutSeconds: 5 },
      ...outgoing,
    },
    incoming: { host: '127.0.0.1', port: 1, encryption: 'NONE', timeoutSeconds: 1 },
  })
}

const STEP = `side kind outcome problem advice detail transcript authMethods
  certificate { subject } suggestion { path value label }`
const TYPED = `mutation ($input: MailServerInput!, $credentials: DiagnosisCredentialsInput, $accountId: ID, $depth: DiagnosisDepth) {
  diagnoseMailServer(input: $input, credentials: $credentials, accountId: $accountId, depth: $depth) { steps { ${STEP} } } }`
const STORED = `mutation ($accountId: ID!) { diagnoseMailAccount(accountId: $accountId) {
  outcome steps { ${STEP} } outgoingAuthMethods incomingAuthMethods outgoingCertificate { subject } } }`
const STREAM = `subscription ($accountId: ID!) { mailAccountDiagnosis(accountId: $accountId) { ${STEP} } }`

interface Step {
  side: string
  kind: string
  outcome: string
  problem: string | null
  advice: string | null
  detail: string | null
  transcript: string[]
}

const signIn = (steps: Step[]) =>
  steps.find(({ side, kind }) => side === 'OUTGOING' && kind === 'AUTHENTICATE')

async function typed(variables: object): Promise<Step[]> {
  const { diagnoseMailServer } = await admin.ask<{ diagnoseMailServer: { steps: Step[] } }>(
    TYPED,
    variables,
  )
  return diagnoseMailServer.steps
}

async function stored(client: TestClient, accountId: string): Promise<Step[]> {
  const { diagnoseMailAccount } = await client.ask<{ diagnoseMailAccount: { steps: Step[] } }>(
    STORED,
    { accountId },
  )
  return diagnoseMailAccount.steps
}

const uses = () =>
  database.rows(
    `SELECT actor_name FROM audit_event WHERE action = 'DIAGNOSE' AND subject_id = '${account.id}'`,
  )

describe('an administrator who types settings and names an account', () => {
  it('has its stored password used, which is in no answer and recorded', async () => {
    const answer = await admin.send(TYPED, { input: settings(smtp.port), accountId: account.id })
    expect(answer.errors).toEqual([])
    expect(smtp.heard.join('\n')).toContain(PLAIN)
    expect(answer.text).not.toContain('8215')
    expect(answer.text).not.toContain(PLAIN)
    expect(await uses()).toEqual([{ actor_name: 'admin' }])
  })

  it.each([
    ['port', () => ({ port: elsewhere.port }), 'outgoing.port'],
    ['host', () => ({ host: 'localhost', port: elsewhere.port }), 'outgoing.host outgoing.port'],
    ['encryption', () => ({ encryption: 'TLS' }), 'outgoing.encryption'],
    [
      'trusted certificate',
      () => ({ encryption: 'TLS', pinnedCertificate: 'a'.repeat(64) }),
      'outgoing.encryption outgoing.pinnedCertificate',
    ],
  ])('never has it sent to another %s than is stored', async (_what, change, refused) => {
    const input = settings(smtp.port, change())
    const { extensions } = await admin.fail(TYPED, { input, accountId: account.id })
    expect(extensions.fields?.map(({ path }) => path).join(' ')).toBe(refused)
    expect(extensions.fields?.[0]).toMatchObject({
      rule: 'savedSettings',
      message:
        'Stored passwords go only where the stored settings say. Save first, or enter the password.',
    })
    const [first] = await streamed(
      admin,
      `subscription ($input: MailServerInput!, $accountId: ID) {
      mailServerDiagnosis(input: $input, accountId: $accountId) { kind } }`,
      { input, accountId: account.id },
    )
    expect(JSON.stringify(first)).toContain('savedSettings')
    expect([...smtp.heard, ...elsewhere.heard]).toEqual([])
    expect(await uses()).toEqual([])
  })

  it('neither to where it would go by sending with the incoming account instead of its own', async () => {
    const input = settings(elsewhere.port, { credentials: 'INCOMING' })
    for (const credentials of [{}, { outgoingPassword: 'typed' }, { incomingPassword: '' }]) {
      const error = await admin.fail(TYPED, { input, credentials, accountId: account.id })
      expect(error.extensions.fields).toMatchObject([{ path: 'outgoing.port' }])
    }
    expect(elsewhere.heard).toEqual([])
  })

  it('may try what is not saved with a password that is typed; what is typed wins', async () => {
    const credentials = { incomingPassword: 'typed' }
    const steps = await typed({
      input: settings(elsewhere.port),
      credentials,
      accountId: account.id,
    })
    expect(signIn(steps)).toMatchObject({ outcome: 'WARNING' })
    const answer = Buffer.from('\0taro\0typed').toString('base64')
    expect(elsewhere.heard.join('\n')).toContain(answer)
    expect(await uses()).toEqual([])
  })

  it('sends to the account’s own address where a test goes that far', async () => {
    await typed({ input: settings(smtp.port), accountId: account.id, depth: 'ENVELOPE' })
    expect(smtp.heard).toContainEqual(expect.stringContaining(`MAIL FROM:<${account.email}>`))
  })
})

describe('the owner of an account', () => {
  it('learns how each step went and what to do, and nothing of where the server is', async () => {
    const answer = await a.client.send<{ diagnoseMailAccount: { steps: Step[] } }>(STORED, {
      accountId: account.id,
    })
    const steps = answer.data?.diagnoseMailAccount.steps ?? []
    expect(signIn(steps)).toMatchObject({ outcome: 'WARNING', problem: 'AUTH_IN_CLEAR_TEXT' })
    expect(steps.find(({ kind, side }) => kind === 'CONNECT' && side === 'INCOMING')).toMatchObject(
      {
        outcome: 'FAILED',
        problem: 'CONNECT_REFUSED',
        advice: expect.stringMatching(/\.$/) as string,
      },
    )
    for (const hidden of ['127.0.0.1', 'secret.example', String(smtp.port), 'AUTH PLAIN', '8215']) {
      expect(answer.text).not.toContain(hidden)
    }
    const open = { detail: null, transcript: [], suggestion: null, certificate: null }
    for (const step of steps) expect(step).toMatchObject({ ...open, authMethods: [] })
    expect(smtp.heard.join('\n')).toContain(PLAIN)
    expect(await uses()).toEqual([{ actor_name: 'hanako' }])
  })

  it('sees the same step by step', async () => {
    const text = JSON.stringify(await streamed(a.client, STREAM, { accountId: account.id }))
    expect(text).toContain('AUTH_IN_CLEAR_TEXT')
    for (const hidden of ['127.0.0.1', 'secret.example', String(smtp.port)]) {
      expect(text).not.toContain(hidden)
    }
  })

  it('may be somebody whose account is not in use', async () => {
    await database.query(`UPDATE mail_account SET enabled = false WHERE id = '${account.id}'`)
    expect(signIn(await stored(a.client, account.id))).toMatchObject({ outcome: 'WARNING' })
  })

  it('is told that the server was deleted, and nothing is connected to', async () => {
    await admin.ask(DELETE, { id: server.id })
    for (const steps of [
      await stored(a.client, account.id),
      await typed({ input: settings(smtp.port), accountId: account.id }),
    ]) {
      expect(steps.map(({ side, outcome, problem }) => [side, outcome, problem])).toEqual([
        ['OUTGOING', 'FAILED', 'MAIL_SERVER_DELETED'],
        ['INCOMING', 'FAILED', 'MAIL_SERVER_DELETED'],
      ])
      expect(steps[0]?.advice).toContain('Choose another mail server')
    }
    expect(smtp.heard).toEqual([])
  })

  it('is told that its owner is deactivated, and nothing is connected to', async () => {
    await database.query(`UPDATE app_user SET deactivated_at = now() WHERE id = '${a.id}'`)
    try {
      const steps = await stored(admin, account.id)
      expect(steps.map(({ side, problem }) => [side, problem])).toEqual([
        ['OUTGOING', 'USER_DEACTIVATED'],
        ['INCOMING', 'USER_DEACTIVATED'],
      ])
      expect(steps[0]?.advice).toContain('reactivates the person')
      expect(smtp.heard).toEqual([])
    } finally {
      await database.query('UPDATE app_user SET deactivated_at = NULL')
    }
    expect(signIn(await stored(admin, account.id))).toMatchObject({ outcome: 'WARNING' })
  })

  it('is nobody else, and types no settings', async () => {
    const refused = await b.client.fail(STORED, { accountId: account.id })
    expect(refused.extensions.code).toBe('NOT_FOUND')
    const [first] = await streamed(b.client, STREAM, { accountId: account.id })
    expect(JSON.stringify(first)).toContain('NOT_FOUND')
    const input = settings(smtp.port)
    const own = await a.client.fail(TYPED, { input, accountId: account.id })
    expect(own.extensions.code).toBe('FORBIDDEN')
    expect(smtp.heard).toEqual([])
  })

  it('has ten diagnoses a minute, as everybody', async () => {
    for (let left = 10; left > 0; left -= 1) {
      await a.client.send(STORED, { accountId: account.id })
    }
    const error = await a.client.fail(STORED, { accountId: account.id })
    expect(error.extensions.code).toBe('TOO_MANY_REQUESTS')
  })
})

it('E-7: runs twenty at once at most, also of those who ask at the same moment', async () => {
  const silent = await startScriptedServer([])
  const slow = await createMailServer(admin, settings(silent.port, { timeoutSeconds: 60 }))
  const people = [a, b, { id: await idOf(admin), client: admin }]
  const accounts = await Promise.all(
    people.map(({ id, client }) => createAccount(client, id, slow.id)),
  )
  const refusals: (number | undefined)[] = []
  const asked = Array.from({ length: 30 }, async (_, n) => {
    const variables = { accountId: accounts[n % 3]?.id }
    const [error] = (await people[n % 3]?.client.send(STORED, variables))?.errors ?? []
    if (error !== undefined) refusals.push(error.extensions.retryAfterSeconds)
  })
  try {
    await expect.poll(() => refusals).toEqual(Array.from({ length: 10 }, () => 5))
  } finally {
    await silent.stop()
    await Promise.all(asked)
  }
  expect(refusals).toHaveLength(10)
})

describe('a stored password', () => {
  it('that was moved to another row or field is not used, and other accounts are', async () => {
    const other = await createAccount(a.client, a.id, server.id, { code: 'other-row' })
    await database.query(
      `UPDATE mail_account SET incoming_password =
         (SELECT incoming_password FROM mail_account WHERE id = '${account.id}') WHERE id = '${other.id}'`,
    )
    const error = await a.client.fail(STORED, { accountId: other.id })
    expect(error.extensions.code).toBe('CONFLICT')
    expect(error.message).toBe(
      `The stored password of ${other.email} (other-row) cannot be read. Enter it again and save.`,
    )
    await database.query(
      `UPDATE mail_account SET outgoing_password = incoming_password WHERE id = '${account.id}'`,
    )
    expect((await a.client.fail(STORED, { accountId: account.id })).extensions.code).toBe(
      'CONFLICT',
    )
    await database.query(
      `UPDATE mail_account SET outgoing_password = NULL WHERE id = '${account.id}'`,
    )
    expect(signIn(await stored(a.client, account.id))).toMatchObject({ outcome: 'WARNING' })
  })
})

/** All that a subscription answers. */
async function streamed(client: TestClient, query: string, variables: object): Promise<unknown[]> {
  const answers: unknown[] = []
  for await (const answer of connect(client, { 'accept-language': 'en' }).iterate({
    query,
    variables: { ...variables },
  })) {
    answers.push(answer)
  }
  return answers
}
