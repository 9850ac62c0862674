import { readFile } from 'node:fs/promises'
import { getNamedType, isInputObjectType, isLeafType, isObjectType } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDataSource } from '../../src/db/data-source.js'
import { migrate } from '../../src/db/migrate.js'
import { buildSchema } from '../../src/graphql/build-schema.js'
import { guardSchema } from '../../src/graphql/guard-schema.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true })
})
afterAll(() => database.drop())

it('migrations and entities agree: nothing is left to change', async () => {
  const dataSource = createDataSource(database.url)
  await dataSource.initialize()
  try {
    await migrate(dataSource)
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log()
    expect(upQueries.map(({ query }) => query)).toEqual([])
  } finally {
    await dataSource.destroy()
  }
})

it('several processes may migrate at once; an older version refuses what a newer one has migrated', async () => {
  const fresh = await createTestDatabase({ isEmpty: true })
  const sources = [1, 2, 3].map(() => createDataSource(fresh.url))
  try {
    await Promise.all(sources.map((source) => source.initialize()))
    await Promise.all(sources.map((source) => migrate(source)))
    const [source] = sources
    if (source === undefined) throw new Error('no data source')
    await source.query(
      "INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')",
    )
    await expect(migrate(source)).rejects.toThrow(
      'A newer version of Mailroom has already upgraded this data.',
    )
  } finally {
    await Promise.all(sources.map((source) => source.destroy()))
    await fresh.drop()
  }
})

it('every type, field and argument that is published is described', async () => {
  const text = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')
  const undescribed: string[] = []
  for (const [name, type] of Object.entries((await buildSchema()).getTypeMap())) {
    if (name.startsWith('__') || !(isObjectType(type) || isInputObjectType(type))) continue
    const isRoot = ['Query', 'Mutation', 'Subscription'].includes(name)
    if (!isRoot && !type.toConfig().description) undescribed.push(name)
    for (const field of Object.values<{ name: string; description?: string | null }>(
      type.getFields(),
    )) {
      if (!field.description) undescribed.push(`${name}.${field.name}`)
    }
  }
  expect(undescribed).toEqual([])
  expect(text).toContain('type MailServer')
})

/** The one secret that is answered: an API token, once, by the mutation that makes it. */
const SHOWN_ONCE = 'CreatedApiToken.token'

it('no output has a field that could carry a secret', async () => {
  const names = Object.values((await buildSchema()).getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => !['Query', 'Mutation', 'Subscription'].includes(type.name))
    .flatMap((type) =>
      Object.values(type.getFields())
        // Whether there is one is no secret, and an object's fields are looked at themselves.
        .filter((f) => String(f.type) !== 'Boolean!' && isLeafType(getNamedType(f.type)))
        .map((f) => `${type.name}.${f.name}`),
    )
  // What is told of an API token is its name, its end and the like; the words stand in its type's name.
  const suspects = names.filter((name) =>
    /password(?!s?Set)|secret|token|hash/i.test(name.replace(/^ApiToken\./, '')),
  )
  expect(suspects).toEqual([SHOWN_ONCE])
})

it('an operation that declares nobody who may call it fails the build', async () => {
  const schema = await buildSchema()
  const field = schema.getQueryType()?.getFields()['mailServers']
  if (field === undefined) throw new Error('no such field')
  field.extensions = {}
  expect(() => guardSchema(schema)).toThrow('Query.mailServers does not declare who may call it')
})
