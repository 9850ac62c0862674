import { isInputObjectType, isObjectType } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCanary, findCanaries, findInFiles } from '../support/canary.js'
import { MARKER } from '../support/canary-run/canaries.js'
import { runWithCanaries, type CanaryRun } from '../support/canary-run/canary-run.js'
import { LIKE_A_SECRET, NO_SECRETS, SECRETS } from '../support/canary-run/secret-inputs.js'
import { base64 } from '../support/transfer-kit.js'

let run: CanaryRun
beforeAll(async () => {
  run = await runWithCanaries()
}, 300_000)
afterAll(() => run.clear())

it('every input of the schema that is called like a secret is planted, or known to be none', () => {
  const inputs = Object.values(run.schema.getTypeMap()).flatMap((type) => {
    if (isInputObjectType(type))
      return Object.keys(type.getFields()).map((f) => `${type.name}.${f}`)
    if (!isObjectType(type)) return []
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.map((arg) => `${type.name}.${field.name}.${arg.name}`),
    )
  })
  const named = inputs.filter((input) => LIKE_A_SECRET.test(input.split('.').at(-1) ?? ''))
  expect(named.toSorted()).toEqual([...SECRETS, ...NO_SECRETS].toSorted())
  const planted = new Set(run.canaries.names.map((name) => name.split(' ')[0]))
  expect(SECRETS.filter((secret) => !planted.has(secret))).toEqual([])
})

it('the search finds each form in which a secret could come up', () => {
  const sought = createCanary('sought')
  const sayings = [
    sought.text,
    JSON.stringify({ a: sought.text }),
    encodeURIComponent(sought.text),
    Buffer.from(sought.text).toString('hex'),
    ...['', 'u', '\0u\0', '\0user\0'].map((before) => base64(before + sought.text)),
    Buffer.from(`ab${sought.text}`).toString('base64url'),
  ]
  for (const saying of sayings) {
    expect([
      saying,
      findCanaries([sought], [{ name: 'x', bytes: Buffer.from(saying) }]),
    ]).not.toEqual([saying, []])
  }
})

it.each(['answers', 'log', 'tables', 'commands'] as const)(
  'what is no secret is found in the %s',
  (where) => {
    expect(findCanaries([MARKER], [run.found[where]].flat())).not.toEqual([])
  },
)

it.each(['answers', 'log', 'tables', 'commands', 'environments'] as const)(
  'no secret is in the %s, in whatever form',
  (where) => {
    const places = [run.found[where]].flat()
    expect(places.length).toBeGreaterThan(0)
    expect(findCanaries(run.canaries.all, places)).toEqual([])
  },
)

it('no secret is in any file of the data folder, the database’s own and its log among them', async () => {
  expect(await findInFiles([MARKER], run.dataDir)).not.toEqual([])
  expect(await findInFiles(run.canaries.all, run.dataDir)).toEqual([])
})

it('every line of the log is one event', () => {
  const lines = run.found.log.bytes
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow()
})
