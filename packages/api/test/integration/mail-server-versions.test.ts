import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccount, idOf } from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { auditEvents, RESTORE_VERSION, VERSION_CHANGES } from '../support/audit-kit.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  createMailServer,
  DELETE,
  serverInput,
  UPDATE,
  type ReadServer,
} from '../support/mail-servers-kit.js'

const FINGERPRINT = 'ab'.repeat(32)

let database: TestDatabase
let api: TestApi
let admin: TestClient
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const update = (server: ReadServer, version: number, input: object) =>
  admin.ask(UPDATE, { id: server.id, version, input })
/** Newest first. */
const versionsOf = async ({ id }: ReadServer) =>
  (await auditEvents(admin, { subject: 'MAIL_SERVER', subjectId: id })).filter((e) => e.isVersion)

/** A server that was changed in every way: its events, newest first. */
async function changedServer(code: string) {
  const first = { ...serverInput({ outgoing: { pinnedCertificate: FINGERPRINT } }), code }
  const server = await createMailServer(admin, first)
  const second = {
    ...serverInput({ outgoing: { host: 'new.example.jp', port: 587, encryption: 'TLS' } }),
    code: `${code}-new`,
    name: '大阪',
  }
  await update(server, 1, second)
  const [changed, created] = await versionsOf(server)
  if (changed === undefined || created === undefined) throw new Error('nothing was recorded')
  return { server, changed, created }
}

it('a version is put back whole, with what it trusts, and that is told as a change of its own', async () => {
  const { server, created } = await changedServer('whole')
  const wanted = await admin.ask<{ mailServerVersionChanges: object[] }>(VERSION_CHANGES, {
    id: server.id,
    auditEventId: created.id,
  })
  expect(wanted.mailServerVersionChanges).toEqual([
    { field: 'code', old: 'whole-new', new: 'whole' },
    { field: 'name', old: '大阪', new: '本社' },
    { field: 'outgoing.host', old: 'new.example.jp', new: 'smtp.example.co.jp' },
    { field: 'outgoing.port', old: '587', new: '465' },
    { field: 'outgoing.encryption', old: 'TLS', new: 'SSL' },
    { field: 'outgoing.pinnedCertificate', old: null, new: FINGERPRINT },
  ])
  const { restoreMailServerVersion: restored } = await admin.ask<{
    restoreMailServerVersion: object
  }>(RESTORE_VERSION, { id: server.id, version: 2, auditEventId: created.id })
  expect(restored).toMatchObject({ code: 'whole', name: '本社', version: 3 })
  const [event] = await versionsOf(server)
  expect(event).toMatchObject({
    action: 'UPDATE',
    restoredFrom: created.id,
    subjectName: '本社 (whole)',
  })
  expect(event?.changes.map(({ field, old, new: now }) => ({ field, old, new: now }))).toEqual(
    wanted.mailServerVersionChanges,
  )
  expect(
    Math.abs(Date.parse(event?.restoredVersionAt ?? '') - Date.parse(created.at)),
  ).toBeLessThan(10)
  const [row] = await database.rows<{ same: boolean }>(
    'SELECT a.snapshot = b.snapshot AS same FROM audit_event a, audit_event b WHERE a.id = $1 AND b.id = $2',
    [created.id, event?.id],
  )
  expect(row?.same).toBe(true)
})

it('that stored passwords would go elsewhere is told before a version is put back, and recorded', async () => {
  const input = (port: number) => ({ ...serverInput({ incoming: { port } }), code: 'passwords' })
  const server = await createMailServer(admin, input(993))
  await createAccount(admin, await idOf(admin), server.id, { incomingPassword: 'x' })
  await update(server, 1, input(1993))
  const [, created] = await versionsOf(server)
  const version = { id: server.id, auditEventId: created?.id }
  const { mailServerVersionChanges: told } = await admin.ask<{
    mailServerVersionChanges: object[]
  }>(VERSION_CHANGES, version)
  expect(told).toEqual([
    { field: 'incoming.port', old: '1993', new: '993' },
    {
      field: 'passwordsGoTo',
      old: 'imap.example.co.jp :1993, smtp.example.co.jp :465',
      new: 'imap.example.co.jp :993, smtp.example.co.jp :465',
    },
  ])
  await admin.ask(RESTORE_VERSION, { ...version, version: 2 })
  expect((await versionsOf(server))[0]?.changes).toMatchObject(told)
})

it('putting back is undone by the same means', async () => {
  const { server, changed, created } = await changedServer('undo')
  await admin.ask(RESTORE_VERSION, { id: server.id, version: 2, auditEventId: created.id })
  await admin.ask(RESTORE_VERSION, { id: server.id, version: 3, auditEventId: changed.id })
  expect((await versionsOf(server))[0]?.subjectName).toBe('大阪 (undo-new)')
})

it('somebody who saved meanwhile is not overwritten', async () => {
  const { server, created } = await changedServer('meanwhile')
  const answer = await admin.fail(RESTORE_VERSION, {
    id: server.id,
    version: 1,
    auditEventId: created.id,
  })
  expect(answer.extensions).toMatchObject({ code: 'CONFLICT', version: 2 })
  expect(await versionsOf(server)).toHaveLength(2)
})

it('a code that was given away since is refused at its field', async () => {
  const { server, created } = await changedServer('given-away')
  await createMailServer(admin, { code: 'GIVEN-AWAY' })
  const answer = await admin.fail(RESTORE_VERSION, {
    id: server.id,
    version: 2,
    auditEventId: created.id,
  })
  expect(answer.extensions.fields).toMatchObject([{ path: 'code', rule: 'codeInUse' }])
})

it('a provider that is gone since is refused at its field, and told by the name it had', async () => {
  const { createOAuthProvider: provider } = await admin.ask<{
    createOAuthProvider: { id: string }
  }>('mutation ($input: OAuthProviderInput!) { createOAuthProvider(input: $input) { id } }', {
    input: { name: '前の認可サーバー', preset: 'GOOGLE', clientId: 'x' },
  })
  const server = await createMailServer(admin, {
    code: 'gone',
    outgoing: { authMethod: 'XOAUTH2' },
    oauthProviderId: provider.id,
  })
  await update(server, 1, { ...serverInput(), code: 'gone' })
  await admin.ask('mutation ($id: ID!) { deleteOAuthProvider(id: $id) { id } }', {
    id: provider.id,
  })
  const [changed, created] = await versionsOf(server)
  expect(changed?.changes).toContainEqual({
    field: 'oauthProviderId',
    old: '前の認可サーバー',
    new: null,
    isSecret: false,
  })
  const answer = await admin.fail(RESTORE_VERSION, {
    id: server.id,
    version: 2,
    auditEventId: created?.id,
  })
  expect(answer.extensions.fields).toMatchObject([
    { path: 'oauthProviderId', rule: 'oauthProvider' },
  ])
})

it('a version is checked as any input is: what would no longer be let in is not put back', async () => {
  const { server } = await changedServer('checked')
  await database.rows(
    `INSERT INTO audit_event (actor_kind, actor_name, action, subject, subject_id, subject_name, snapshot)
     SELECT 'SYSTEM', 'x', 'UPDATE', subject, subject_id, 'x',
       jsonb_set(snapshot, '{outgoing,host}', '"https://nowhere"') || '{"unknownToday": 1}'
     FROM audit_event WHERE subject_id = $1 AND action = 'CREATE'`,
    [server.id],
  )
  const [bad] = await versionsOf(server)
  const answer = await admin.fail(RESTORE_VERSION, {
    id: server.id,
    version: 2,
    auditEventId: bad?.id,
  })
  expect(answer.extensions.fields).toMatchObject([{ path: 'outgoing.host', rule: 'host' }])
})

it('a setting that the version did not know yet stays as it is', async () => {
  const { server } = await changedServer('older')
  await database.rows(
    `INSERT INTO audit_event (actor_kind, actor_name, action, subject, subject_id, subject_name, snapshot)
     SELECT 'SYSTEM', 'x', 'UPDATE', subject, subject_id, 'x', (snapshot #- '{outgoing,host}') - 'name'::text
     FROM audit_event WHERE subject_id = $1 AND action = 'CREATE'`,
    [server.id],
  )
  const [older] = await versionsOf(server)
  const { restoreMailServerVersion: restored } = await admin.ask<{
    restoreMailServerVersion: object
  }>(RESTORE_VERSION, { id: server.id, version: 2, auditEventId: older?.id })
  expect(restored).toMatchObject({
    code: 'older',
    name: '大阪',
    outgoing: { host: 'new.example.jp', port: 465 },
  })
})

it('a deleted server is restored first; no version of another one, and no event without one, is put back', async () => {
  const { server, created } = await changedServer('first')
  const other = await createMailServer(admin, { code: 'other' })
  const [signedIn] = await auditEvents(admin, { action: 'SIGN_IN' })
  for (const [id, auditEventId] of [
    [other.id, created.id],
    [server.id, signedIn?.id],
    [server.id, 'nonsense'],
    ['nonsense', created.id],
  ]) {
    const { extensions } = await admin.fail(RESTORE_VERSION, { id, version: 1, auditEventId })
    expect(extensions.code).toBe('NOT_FOUND')
  }
  await admin.ask(DELETE, { id: server.id })
  const { extensions } = await admin.fail(RESTORE_VERSION, {
    id: server.id,
    version: 3,
    auditEventId: created.id,
  })
  expect(extensions.code).toBe('NOT_FOUND')
})
