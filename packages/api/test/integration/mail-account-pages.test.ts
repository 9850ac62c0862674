import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, idOf, type Person } from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { DELETE, createMailServer, type ReadServer } from '../support/mail-servers-kit.js'

/** As many as a large company has; what is asserted is that no page misses or repeats one. */
const COUNT = 20_000
const AT_DELETED = 130

let database: TestDatabase
let api: TestApi
let admin: TestClient
let person: Person
let live: ReadServer
let deleted: ReadServer

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
  person = await addPerson(api, database, 'hanako')
  live = await createMailServer(admin, { code: 'live-1', name: '本社メール' })
  deleted = await createMailServer(admin, { code: 'gone-1', name: '旧サーバー' })
  await admin.ask(DELETE, { id: deleted.id })
  await insert(await idOf(admin), live.id, 1, COUNT - AT_DELETED)
  await insert(await idOf(admin), deleted.id, COUNT - AT_DELETED + 1, COUNT)
  await database.query(
    `UPDATE mail_account SET user_id = '${person.id}' WHERE right(code, 3) = '007'`,
  )
  await database.query('ANALYZE mail_account')
}, 120_000)
afterAll(async () => {
  await api.close()
  await database.drop()
})

/** Too many to be made one by one. */
function insert(userId: string, serverId: string, first: number, last: number) {
  return database.query(
    `INSERT INTO mail_account (code, code_key, name, email, search_text, user_id, mail_server_id,
       incoming_username, leave_on_server, enabled)
     SELECT code, code, '', code || '@example.co.jp', code || E'\\n\\n' || code || '@example.co.jp',
       '${userId}', '${serverId}', code, true, true
     FROM (SELECT 'a' || lpad(n::text, 6, '0') AS code FROM generate_series(${first}, ${last}) n)`,
  )
}

interface Page {
  mailAccountsPage: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
    edges: { cursor: string; node: { code: string; problem: string | null } }[]
  }
}

const PAGE = `query ($first: Int, $after: String, $search: String, $mailServerId: ID, $userId: ID, $needsAttention: Boolean) {
  mailAccountsPage(first: $first, after: $after, search: $search, mailServerId: $mailServerId, userId: $userId, needsAttention: $needsAttention) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { code problem user { loginName } mailServer { name } } } } }`

async function page(client: TestClient, variables: object = {}) {
  return (await client.ask<Page>(PAGE, variables)).mailAccountsPage
}

/** Every page, one after the other. */
async function codesOf(client: TestClient, variables: object): Promise<string[]> {
  const codes: string[] = []
  let after: string | null = null
  do {
    const { edges, pageInfo } = await page(client, { ...variables, after })
    codes.push(...edges.map(({ node }) => node.code))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return codes
}

const code = (n: number) => `a${String(n).padStart(6, '0')}`
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => code(first + n))

describe('twenty thousand accounts', () => {
  it('are read page by page without one missed or repeated, those with a problem first', async () => {
    expect(await codesOf(admin, { first: 500 })).toEqual([
      ...range(COUNT - AT_DELETED + 1, COUNT),
      ...range(1, COUNT - AT_DELETED),
    ])
  })

  it('are told in number, and the first page in its usual size', async () => {
    const { totalCount, edges, pageInfo } = await page(admin)
    expect([totalCount, edges.length, pageInfo.hasNextPage]).toEqual([COUNT, 50, true])
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor)
  })

  it('end a page within the part that needs attention, and go on where it ended', async () => {
    const first = await page(admin, { first: AT_DELETED - 1 })
    const second = await page(admin, { first: 2, after: first.pageInfo.endCursor })
    expect(second.edges.map(({ node }) => [node.code, node.problem])).toEqual([
      [code(COUNT), 'MAIL_SERVER_DELETED'],
      [code(1), null],
    ])
  })

  it.each([
    [{ needsAttention: true }, AT_DELETED],
    [{ needsAttention: false }, COUNT - AT_DELETED],
    [{ search: 'A000012' }, 1],
    [{ search: 'ａ０００１２' }, 10],
    [{ search: '000012@EXAMPLE' }, 1],
    [{ search: 'hanako' }, COUNT / 1_000],
    [{ search: 'HANAKO さん a0001' }, 0],
    [{ search: 'hanako a00000' }, 1],
    [{ search: '旧サーバー' }, AT_DELETED],
    [{ search: 'ｇｏｎｅ－１ a02000' }, 1],
    [{ search: '%' }, 0],
    [{ search: 'a_00012' }, 0],
    [{ search: String.raw`\ ` }, 0],
    [{ search: '  ' }, COUNT],
  ])('are found by %j', async (filter, count) => {
    const { totalCount, edges } = await page(admin, { first: 500, ...filter })
    expect(totalCount).toBe(count)
    expect(edges.length).toBe(Math.min(count, 500))
  })

  it('are found by their server and their owner', async () => {
    expect((await page(admin, { mailServerId: deleted.id })).totalCount).toBe(AT_DELETED)
    expect((await page(admin, { userId: person.id })).totalCount).toBe(COUNT / 1_000)
    expect((await page(admin, { userId: person.id, mailServerId: deleted.id })).totalCount).toBe(0)
  })

  it('are a person’s own for whoever is no administrator, also by search and on all pages', async () => {
    const own = range(1, COUNT).filter((one) => one.endsWith('007'))
    const inOrder = [...own].sort()
    expect((await codesOf(person.client, { first: 7 })).sort()).toEqual(inOrder)
    expect((await page(person.client, { search: 'example' })).totalCount).toBe(own.length)
  })
})

it.each([
  [{ first: 0 }, 'first min'],
  [{ first: 501 }, 'first max'],
  [{ search: 'x'.repeat(201) }, 'search maxLength'],
  [{ after: 'nonsense' }, 'after type'],
  [{ after: Buffer.from('["NEEDED",1]').toString('base64url') }, 'after type'],
  [{ after: Buffer.from(String.raw`["NEEDED","\u0000"]`).toString('base64url') }, 'after type'],
  [{ after: Buffer.from(String.raw`["NEEDED","\ud800"]`).toString('base64url') }, 'after type'],
  [{ after: Buffer.from('["__proto__","a"]').toString('base64url') }, 'after type'],
  [{ mailServerId: 'nonsense' }, 'mailServerId mailServer'],
])('refuses %j by field', async (variables, refused) => {
  const { extensions } = await admin.fail(PAGE, variables)
  expect(extensions.fields?.map(({ path, rule }) => `${path} ${rule}`)).toEqual([refused])
})
