import { SETTINGS_DEFAULTS } from '@mailroom/shared'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { serverInput } from '../support/mail-servers-kit.js'
import {
  changeSettings,
  readSettings,
  SETTINGS,
  settingsInput,
  UPDATE_SETTINGS,
} from '../support/settings-kit.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
})
beforeEach(() => changeSettings(admin))
afterAll(async () => {
  await api.close()
  await database.drop()
})

it('a new installation has its defaults before anybody has set anything', async () => {
  const fresh = await createTestDatabase({ isEmpty: true })
  const other = await startApi(fresh.url)
  expect(await readSettings(await other.admin())).toEqual({
    ...SETTINGS_DEFAULTS,
    deniesPrivateNetworks: false,
    version: 1,
  })
  await other.close()
  await fresh.drop()
})

it('keeps what is set, and tells whoever has read an older version', async () => {
  const { version } = await readSettings(admin)
  const input = settingsInput({ messageSizeLimitMib: 20, receivesAutomatically: true })
  const { updateSettings } = await admin.ask<{ updateSettings: object }>(UPDATE_SETTINGS, {
    version,
    input,
  })
  expect(updateSettings).toMatchObject({ ...input, version: version + 1 })
  const late = await admin.fail(UPDATE_SETTINGS, { version, input: settingsInput() })
  expect(late.extensions).toMatchObject({ code: 'CONFLICT', version: version + 1 })
  expect(await readSettings(admin)).toMatchObject(input)
})

it('of many who save the same version at once, one does', async () => {
  const { version } = await readSettings(admin)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      admin.send(UPDATE_SETTINGS, {
        version,
        input: settingsInput({ receiveIntervalMinutes: index + 1 }),
      }),
    ),
  )
  expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
  expect((await readSettings(admin)).version).toBe(version + 1)
})

it.each([
  ['messageSizeLimitMib', 0, 'min'],
  ['messageSizeLimitMib', 257, 'max'],
  ['receiveIntervalMinutes', 0, 'min'],
  ['receiveIntervalMinutes', 1_441, 'max'],
  ['receiveIntervalMinutes', 1.5, 'type'],
  ['defaultLanguage', 'fr', 'type'],
])('%s may not be %s', async (path, value, rule) => {
  const { version } = await readSettings(admin)
  const error = await admin.fail(UPDATE_SETTINGS, {
    version,
    input: settingsInput({ [path]: value }),
  })
  expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path, rule }] })
})

it('are nobody’s but the administrators’', async () => {
  const nobody = api.client()
  expect((await nobody.fail(SETTINGS)).extensions.code).toBe('UNAUTHENTICATED')
  const variables = { version: 1, input: settingsInput() }
  expect((await nobody.fail(UPDATE_SETTINGS, variables)).extensions.code).toBe('UNAUTHENTICATED')
  expect((await nobody.fail('{ myRules { leavesMail } }')).extensions.code).toBe('UNAUTHENTICATED')
})

it('bind people and not administrators', async () => {
  await changeSettings(admin, {
    usersManageAccounts: false,
    usersLeaveMail: false,
    messageSizeLimitMib: 7,
  })
  const rules = { managesOwnAccounts: true, leavesMail: true, messageSizeLimitMib: 7 }
  const ask = '{ myRules { managesOwnAccounts leavesMail messageSizeLimitMib } }'
  expect((await admin.ask<{ myRules: object }>(ask)).myRules).toEqual(rules)
  await database.query("UPDATE app_user SET role = 'USER'")
  const user = await api.admin()
  expect((await user.ask<{ myRules: object }>(ask)).myRules).toEqual({
    ...rules,
    managesOwnAccounts: false,
    leavesMail: false,
  })
  await database.query("UPDATE app_user SET role = 'ADMIN'")
  admin = await api.admin()
})

it('every change is told field by field', async () => {
  await changeSettings(admin, { messageSizeLimitMib: 20, defaultLanguage: 'en' })
  const client = new pg.Client(database.url)
  await client.connect()
  const { rows } = await client.query<object>(
    "SELECT actor_name, action, changes FROM audit_event WHERE subject = 'SETTINGS' ORDER BY id DESC LIMIT 1",
  )
  await client.end()
  expect(rows).toEqual([
    {
      actor_name: 'admin',
      action: 'UPDATE',
      changes: [
        { field: 'messageSizeLimitMib', old: '50', new: '20' },
        { field: 'defaultLanguage', old: 'ja', new: 'en' },
      ],
    },
  ])
})

it('whoever asks for no language that is spoken gets the installation’s, in every process', async () => {
  const other = await startApi(database.url)
  const sentence = async (client: TestClient) => (await client.fail(SETTINGS)).message
  const french = other.client('fr')
  expect(await sentence(french)).toBe('サインインしてください。')
  await changeSettings(admin, { defaultLanguage: 'en' })
  await expect.poll(() => sentence(french)).toBe('Sign in first.')
  expect(await sentence(other.client('ja'))).toBe('サインインしてください。')
  const { defaultLanguage } = await french.ask<{ defaultLanguage: string }>('{ defaultLanguage }')
  expect(defaultLanguage).toBe('en')
  await other.close()
})

it('private networks are closed at once in every process, and stay closed where the environment says so', async () => {
  const other = await startApi(database.url)
  const strict = await startApi(database.url, { MAILROOM_PRIVATE_NETWORKS: 'deny' })
  const problemAt = async (client: TestClient) => {
    const { diagnoseMailServer: report } = await client.ask<{
      diagnoseMailServer: { steps: { side: string; problem: string | null }[] }
    }>(
      'mutation ($input: MailServerInput!) { diagnoseMailServer(input: $input) { steps { side problem } } }',
      {
        input: serverInput({
          outgoing: { host: '127.0.0.1', port: 1 },
          incoming: { host: '127.0.0.1', port: 1 },
        }),
      },
    )
    return report.steps.find(({ problem }) => problem !== null)?.problem
  }
  const elsewhere = await other.admin()
  expect(await problemAt(elsewhere)).toBe('CONNECT_REFUSED')
  await changeSettings(admin, { allowsPrivateNetworks: false })
  expect(await problemAt(admin)).toBe('ADDRESS_FORBIDDEN')
  await expect.poll(() => problemAt(elsewhere)).toBe('ADDRESS_FORBIDDEN')
  await changeSettings(admin)
  const denied = await strict.admin()
  expect(await problemAt(denied)).toBe('ADDRESS_FORBIDDEN')
  expect(await readSettings(denied)).toMatchObject({
    allowsPrivateNetworks: true,
    deniesPrivateNetworks: true,
  })
  await other.close()
  await strict.close()
})
