import { afterAll, beforeAll, expect, it } from 'vitest'
import { ChangeFeed } from '../../src/db/change-feed.js'
import { createLogger } from '../../src/logger.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true })
})
afterAll(() => database.drop())

it('what is announced soon reaches other processes once, also from one that ends at once', async () => {
  const [mine, other] = [1, 2].map(() => new ChangeFeed(database.url, createLogger('silent')))
  if (mine === undefined || other === undefined) throw new Error('two were made')
  await Promise.all([mine.open(), other.open()])
  const heard: string[] = []
  for (const topic of ['message', 'sending'] as const) other.on(topic, () => heard.push(topic))
  for (let n = 0; n < 500; n++) {
    mine.announceSoon('message')
    mine.announceSoon('sending')
  }
  await mine.close()
  await expect.poll(() => heard.toSorted()).toEqual(['message', 'sending'])
  await other.close()
})
