import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECRET_KEY, TestClient, startApi, type TestApi } from '../support/api.js'
import { startBlackhole, type Blackhole } from '../support/blackhole.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { LIST, serverInput } from '../support/mail-servers-kit.js'
import { startProcess, stopProcess, type Process } from '../support/mailroom-process.js'
import {
  mayMount,
  startNameServer,
  type NameAnswer,
  type NameServer,
} from '../support/name-server.js'
import { startScriptedServer, type ScriptedServer } from '../support/scripted-server.js'
import { CREATE_USER, USER_PASSWORD, userInput } from '../support/users-kit.js'

/** The product with the operating system's resolver, whose name server is one of ours. */
let database: TestDatabase
let api: TestApi
let names: NameServer
let mailroom: Process
let smtp: ScriptedServer
let dead: Blackhole
let administrators: TestClient[]
beforeAll(async () => {
  names = await startNameServer({
    'servfail.test': 'SERVFAIL',
    'silent.test': 'SILENCE',
    ...Object.fromEntries(
      Array.from({ length: 10 }, (_, n): [string, NameAnswer] => [`silent-${n}.test`, 'SILENCE']),
    ),
    'mail.test': ['127.0.0.1'],
  })
  smtp = await startScriptedServer([
    { on: 'connect', reply: '220 mail.test ESMTP\r\n' },
    { on: /^EHLO/, reply: '250 mail.test\r\n' },
    { on: /^QUIT/, reply: '221 bye\r\n', end: 'fin' },
  ])
  dead = await startBlackhole('127.0.0.9', smtp.port)
  database = await createTestDatabase()
  // Makes the first administrator.
  api = await startApi(database.url)
  mailroom = startProcess(
    {
      ...process.env,
      ...{ MAILROOM_ROLE: 'api', PORT: '0', MAILROOM_SECRET_KEY: SECRET_KEY },
      DATABASE_URL: database.url,
    },
    undefined,
    OWN_RESOLVER ? names.through : [],
  )
  const url = await mailroom.ready
  const first = await new TestClient(url).signIn()
  const others = Array.from({ length: 10 }, async () => {
    const input = userInput({ role: 'ADMIN' })
    await first.ask(CREATE_USER, { input })
    return new TestClient(url).signIn(input.loginName, USER_PASSWORD)
  })
  administrators = [first, ...(await Promise.all(others))]
})
afterAll(async () => {
  await stopProcess(mailroom)
  await api.close()
  await database.drop()
  dead.stop()
  await smtp.stop()
  await names.stop()
})

const OWN_RESOLVER = mayMount()
const KNOWN_HOST = OWN_RESOLVER ? 'mail.test' : '127.0.0.1'
const SILENT_NAMES: [string, (n: number) => string, string] = [
  'whose name servers answer nothing',
  (n) => `silent-${n}.test`,
  'RESOLVE TIMEOUT',
]

const DIAGNOSE = `mutation ($input: MailServerInput!) { diagnoseMailServer(input: $input) {
  steps { side kind outcome problem } } }`

interface Step {
  side: string
  kind: string
  outcome: string
  problem: string | null
}

/** How sending by a host turns out: the last step that is not skipped. */
async function diagnose(client: TestClient, host: string, timeoutSeconds = 5): Promise<string> {
  const input = serverInput({
    outgoing: { host, port: smtp.port, encryption: 'NONE', authMethod: 'NONE', timeoutSeconds },
    incoming: { host: '127.0.0.1', port: 1, encryption: 'NONE', timeoutSeconds },
  })
  const { diagnoseMailServer } = await client.ask<{ diagnoseMailServer: { steps: Step[] } }>(
    DIAGNOSE,
    { input },
  )
  const steps = diagnoseMailServer.steps.filter(({ side }) => side === 'OUTGOING')
  const failed = steps.find(({ outcome }) => outcome === 'FAILED')
  return failed === undefined ? 'OK' : `${failed.kind} ${failed.problem ?? ''}`
}

const first = () => {
  const [client] = administrators
  if (client === undefined) throw new Error('nobody has signed in')
  return client
}

// Not told as left out where a container forbids it: the rest of E-8 is shown without a resolver.
if (OWN_RESOLVER)
  describe('E-8 a name server', () => {
    it.each([
      ['knows no such name', 'nobody.test', 'RESOLVE NAME_NOT_FOUND'],
      ['fails', 'servfail.test', 'RESOLVE RESOLVE_FAILED'],
      ['says nothing for longer than the time-out', 'silent.test', 'RESOLVE TIMEOUT'],
    ])('%s', async (_what, host, outcome) => {
      expect(await diagnose(first(), host)).toBe(outcome)
      expect(names.asked).toContain(host)
    })
  })

describe('E-7 ten administrators at once', () => {
  it.each([
    ['whose server answers nothing', () => '127.0.0.9', 'CONNECT TIMEOUT'],
    ...(OWN_RESOLVER ? [SILENT_NAMES] : []),
  ])('%s hear of it in time, and others are served meanwhile', async (_what, hostOf, outcome) => {
    let ended = 0
    const [one, ...ten] = administrators
    const asked = ten.map((client, n) =>
      diagnose(client, hostOf(n), 15).finally(() => (ended += 1)),
    )
    // Somebody else looks at a list, signs in, and tests a server with a name that is known.
    await one?.ask(LIST)
    await new TestClient(one?.url ?? '').signIn()
    expect(await diagnose(first(), KNOWN_HOST, 15)).toBe('OK')
    expect(ended).toBe(0)
    // The kernel, and the resolver, would have gone on for longer.
    expect(await Promise.all(asked)).toEqual(ten.map(() => outcome))
  })
})
