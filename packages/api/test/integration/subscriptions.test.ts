import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { connect } from '../support/subscription-socket.js'

let database: TestDatabase
let api: TestApi
let other: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  other = await startApi(database.url)
})
afterAll(async () => {
  await Promise.all([api.close(), other.close()])
  await database.drop()
})

const CHANGED = 'subscription { mailServersChanged { code } }'
interface Changed {
  mailServersChanged: { code: string }[]
}

it('tells of changes made through another process, until the session ends there', async () => {
  const admin = await api.admin()
  const elsewhere = await other.admin()
  const socket = connect(admin)
  const lists: string[][] = []
  const ended = (async () => {
    for await (const { data } of socket.iterate<Changed>({ query: CHANGED })) {
      if (data) lists.push(data.mailServersChanged.map(({ code }) => code))
    }
  })()
  // It may end before anybody waits for that.
  ended.catch(() => undefined)
  await expect.poll(() => lists.at(-1)).toEqual([])
  await createMailServer(elsewhere, { code: 'from-elsewhere' })
  await expect.poll(() => lists.at(-1)).toEqual(['from-elsewhere'])
  elsewhere.cookie = admin.cookie
  await elsewhere.ask('mutation { signOut }')
  await expect(ended).rejects.toMatchObject({ code: 4403 })
})

it('tells an anonymous caller nothing', async () => {
  const answers = connect(api.client()).iterate<Changed>({ query: CHANGED })
  const answer = await answers.next()
  expect(JSON.stringify(answer.value)).toContain('UNAUTHENTICATED')
})

it('answers subscriptions only: sign-ins by socket would pass their limit by', async () => {
  const query = 'mutation { signIn(loginName: "admin", password: "x") { id } }'
  const answer = connect(api.client()).iterate({ query }).next()
  await expect(answer).rejects.toMatchObject([
    { message: expect.stringContaining('Only subscriptions') as string },
  ])
})

it('opens no socket for a page of another origin', async () => {
  const admin = await api.admin()
  const answer = connect(admin, { origin: 'https://evil.example' })
    .iterate({ query: CHANGED })
    .next()
  await expect(answer).rejects.toMatchObject({ message: expect.stringContaining('403') as string })
})
