import type { DataSource } from 'typeorm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDataSource } from '../../src/db/data-source.js'
import { Lease } from '../../src/receiving/lease.js'
import { addPerson, createAccount } from '../support/accounts-kit.js'
import { startApi, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'

let database: TestDatabase
let api: TestApi
let dataSource: DataSource
let accountId: string
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  const admin = await api.admin()
  const { id: ownerId } = await addPerson(api, database, 'hanako')
  const { id: serverId } = await createMailServer(admin)
  accountId = (await createAccount(admin, ownerId, serverId)).id
  dataSource = await createDataSource(database.url).initialize()
})
afterAll(async () => {
  await dataSource.destroy()
  await api.close()
  await database.drop()
})

const RUN_ID = '01900000-0000-7000-8000-000000000001'

async function take(): Promise<Lease> {
  const lease = await Lease.take(dataSource, accountId, RUN_ID)
  if (lease === undefined) throw new Error('the account is not free')
  return lease
}

it('what the end of a run has given back is not renewed by a renewal that waited for it', async () => {
  const lease = await take()
  lease.keep(() => undefined)
  try {
    await dataSource.transaction(async (manager) => {
      await lease.releaseWith(manager)
      await expect.poll(() => database.waiting()).toBe(1)
    })
    await expect.poll(() => database.waiting()).toBe(0)
    // Somebody else's turn, at once.
    await (await take()).release()
  } finally {
    await lease.release()
  }
})
