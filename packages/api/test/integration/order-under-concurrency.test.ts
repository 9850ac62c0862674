import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  CREATE,
  DELETE,
  DELETE_ALL,
  REORDER,
  RESTORE,
  UPDATE,
  createMailServer,
  deleteAll,
  listMailServers,
  serverInput,
} from '../support/mail-servers-kit.js'

let database: TestDatabase
let apis: TestApi[]
let admins: TestClient[]

beforeAll(async () => {
  database = await createTestDatabase()
  // Two processes' worth of API on one database: nothing may rest on a lock in memory.
  apis = [await startApi(database.url), await startApi(database.url)]
  admins = await Promise.all(
    [0, 1, 0, 1, 0].map((n) => apis[n % 2]?.admin() ?? Promise.reject(new Error('no api'))),
  )
})
afterAll(async () => {
  await Promise.all(apis.map((api) => api.close()))
  await database.drop()
})
beforeEach(() => deleteAll(first()))

const first = (): TestClient => {
  const [admin] = admins
  if (admin === undefined) throw new Error('no administrator')
  return admin
}

/** A seeded generator (mulberry32), so that a failure can be run again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const ALLOWED = new Set(['CONFLICT', 'NOT_FOUND', 'BAD_USER_INPUT'])

it('keeps the order a permutation of 1..N at every sample of 500 concurrent changes', async () => {
  for (let n = 0; n < 12; n += 1) await createMailServer(first(), { code: `base-${n}` })
  const random = seeded(20_261_124)
  let isRunning = true
  const samples: number[][] = []
  const sampling = (async () => {
    while (isRunning) samples.push((await listMailServers(first())).map((s) => s.position))
  })()

  const change = async (admin: TestClient, n: number): Promise<string> => {
    const servers = await listMailServers(admin)
    const pick = servers[Math.floor(random() * servers.length)]
    const dice = random()
    const send = (query: string, variables: object) => admin.send(query, variables)
    const answer =
      pick === undefined || dice < 0.3
        ? await send(CREATE, { input: serverInput({ code: `c-${n % 40}` }) })
        : dice < 0.5
          ? await send(DELETE, { id: pick.id })
          : dice < 0.75
            ? await send(UPDATE, { id: pick.id, version: pick.version, input: serverInput() })
            : dice < 0.95
              ? await send(REORDER, { ids: servers.map((s) => s.id).sort(() => random() - 0.5) })
              : await send(RESTORE, { ids: [pick.id] })
    return answer.errors[0]?.extensions.code ?? 'OK'
  }
  const outcomes: string[] = []
  let next = 0
  await Promise.all(
    admins.flatMap((admin) =>
      Array.from({ length: 4 }, async () => {
        while (next < 500) outcomes.push(await change(admin, next++))
      }),
    ),
  )
  isRunning = false
  await sampling

  expect(outcomes.filter((o) => o !== 'OK' && !ALLOWED.has(o))).toEqual([])
  expect(outcomes.filter((o) => o === 'OK').length).toBeGreaterThan(100)
  expect(samples.length).toBeGreaterThan(10)
  for (const positions of samples) expect(positions).toEqual(positions.map((_, n) => n + 1))
  const codes = (await listMailServers(first())).map((s) => s.code)
  expect(new Set(codes).size).toBe(codes.length)
})

it('lets one of twenty servers with the same code in', async () => {
  const spellings = ['dup', 'DUP', 'ｄｕｐ', ' dup ', 'Dup']
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      (admins[n % admins.length] ?? first()).send(CREATE, {
        input: serverInput({ code: spellings[n % spellings.length] }),
      }),
    ),
  )
  const refused = answers.flatMap((a) =>
    a.errors.map((e) => e.extensions.fields?.map((f) => f.rule)),
  )
  expect(refused).toEqual(Array<string[]>(19).fill(['codeInUse']))
})

it('never merges two orders', async () => {
  const ids: string[] = []
  for (let n = 0; n < 8; n += 1) ids.push((await createMailServer(first())).id)
  const wanted = [[...ids].reverse(), [...ids.slice(4), ...ids.slice(0, 4)]]
  await Promise.all(wanted.map((order, n) => (admins[n] ?? first()).send(REORDER, { ids: order })))
  expect(wanted).toContainEqual((await listMailServers(first())).map((s) => s.id))
})

it('deletes all in the midst of other changes and leaves a valid order', async () => {
  for (let n = 0; n < 10; n += 1) await createMailServer(first())
  const servers = await listMailServers(first())
  await Promise.all([
    first().send(REORDER, { ids: servers.map((s) => s.id).reverse() }),
    first().send(DELETE_ALL, { expectedCount: 10 }),
    ...admins.map((admin) => admin.send(CREATE, { input: serverInput() })),
  ])
  const positions = (await listMailServers(first())).map((s) => s.position)
  expect(positions).toEqual(positions.map((_, n) => n + 1))
})
