import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { serverInput } from '../support/mail-servers-kit.js'
import { connect } from '../support/subscription-socket.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url)
  admin = await api.admin()
})
// A minute need not pass between the tests.
afterEach(() => database.query('DELETE FROM rate_limit'))
afterAll(async () => {
  await api.close()
  await database.drop()
})

const STREAM = `subscription ($input: MailServerInput!, $credentials: DiagnosisCredentialsInput) {
  mailServerDiagnosis(input: $input, credentials: $credentials) {
    side kind outcome problem advice detail transcript suggestion { path value label also { path value } } } }`
const WHOLE = `mutation ($input: MailServerInput!) { diagnoseMailServer(input: $input) {
  outcome steps { side kind outcome problem } } }`

interface Step {
  side: string
  kind: string
  outcome: string
  problem: string | null
  advice: string | null
  transcript: string[]
  suggestion: { path: string; value: string; label: string } | null
}
interface Streamed {
  mailServerDiagnosis: Step
}

describe('mailServerDiagnosis', () => {
  it('tells each step when it has ended, and not only at the end of all', async () => {
    let greet: () => void = () => undefined
    const peer = await listen((socket) => (greet = () => socket.write('220 mail.test\r\n')))
    const steps = stream(admin, input(peer.port, { timeoutSeconds: 2 }))
    const first: Step[] = []
    while (first.length < 4) first.push(...(await next(steps)))
    // Both sides resolve and connect; the outgoing one then waits for a greeting.
    expect(first.filter(({ side }) => side === 'OUTGOING').map(({ kind }) => kind)).not.toContain(
      'GREETING',
    )
    greet()
    const rest: Step[] = []
    for await (const { data } of steps) if (data) rest.push(data.mailServerDiagnosis)
    const greeting = rest.find(({ side, kind }) => side === 'OUTGOING' && kind === 'GREETING')
    expect(greeting).toMatchObject({
      outcome: 'OK',
      transcript: ['S: 220 mail.test'],
    })
    await peer.close()
  })

  it('closes the connections as soon as nobody listens any more', async () => {
    const peer = await listen(() => undefined)
    const steps = stream(admin, input(peer.port))
    const connection = await peer.connection
    await steps.next()
    await steps.return?.()
    await once(connection, 'close')
    await peer.close()
  })

  it('says in the caller’s language what to do and what the button does', async () => {
    const peer = await listen((socket) => socket.write('220 mail.test\r\n'))
    const answers = stream(await api.admin('ja'), input(peer.port, { encryption: 'SSL' }), 'ja')
    const steps: Step[] = []
    for await (const { data } of answers) if (data) steps.push(data.mailServerDiagnosis)
    expect(steps.find(({ problem }) => problem === 'TLS_ON_PLAIN_PORT')).toMatchObject({
      advice: expect.stringMatching(/。$/) as string,
      suggestion: { path: 'outgoing.encryption', value: 'TLS', label: 'TLS (STARTTLS)を使用する' },
    })
    await peer.close()
  })

  it('speaks the language that a browser names as it connects, and no unknown one', async () => {
    for (const [language, words] of [
      ['ja', /。$/],
      ['xx', /\.$/],
    ] as const) {
      const socket = connect(admin, { 'accept-language': 'en' }, { language })
      const answers = socket.iterate<Streamed>({ query: STREAM, variables: { input: input(1) } })
      const steps: Step[] = []
      for await (const { data } of answers) if (data) steps.push(data.mailServerDiagnosis)
      expect(steps.find(({ problem }) => problem !== null)?.advice).toMatch(words)
    }
  })

  it('refuses bad settings by field, as every operation does, and connects nowhere', async () => {
    expect(await refusal(stream(admin, input(0, { timeoutSeconds: 121 })))).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: expect.arrayContaining([
        expect.objectContaining({ path: 'outgoing.port', rule: 'min' }),
        expect.objectContaining({ path: 'outgoing.timeoutSeconds', rule: 'max' }),
      ]) as object[],
    })
  })

  it('answers nobody but administrators', async () => {
    expect(await refusal(stream(api.client(), input(25)))).toMatchObject({
      code: 'UNAUTHENTICATED',
    })
  })
})

describe('where a diagnosis may go', () => {
  it('never to the product’s own database', async () => {
    const { hostname, port } = new URL(database.url)
    const { diagnoseMailServer: report } = await admin.ask<Report>(WHOLE, {
      input: input(Number(port), { host: hostname, encryption: 'NONE' }),
    })
    expect(report.steps).toContainEqual({
      side: 'OUTGOING',
      kind: 'RESOLVE',
      outcome: 'FAILED',
      problem: 'ADDRESS_FORBIDDEN',
    })
  })

  it('to private networks only where the installation allows them', async () => {
    const strict = await startApi(database.url, { MAILROOM_PRIVATE_NETWORKS: 'deny' })
    const client = await strict.admin()
    for (const host of ['127.0.0.1', '10.1.2.3', '192.168.1.1', '::1', 'fd12::1', 'localhost']) {
      const { diagnoseMailServer: report } = await client.ask<Report>(WHOLE, {
        input: input(25, { host }),
      })
      const step = report.steps.find(({ side, kind }) => side === 'OUTGOING' && kind === 'RESOLVE')
      expect([host, step?.problem]).toEqual([host, 'ADDRESS_FORBIDDEN'])
    }
    await strict.close()
  })

  it('ten times a minute at most, counted over every alias and way of asking', async () => {
    const parts = Array.from(
      { length: 12 },
      (_, index) => `a${index}: diagnoseMailServer(input: $input) { outcome }`,
    )
    const { errors } = await admin.send(
      `mutation ($input: MailServerInput!) { ${parts.slice(0, 8).join(' ')} }`,
      { input: input(1) },
    )
    expect(errors).toEqual([])
    for (let left = 2; left > 0; left--) await admin.ask(WHOLE, { input: input(1) })
    const refused = await admin.fail(WHOLE, { input: input(1) })
    expect(refused.extensions.code).toBe('TOO_MANY_REQUESTS')
    expect(refused.extensions.retryAfterSeconds).toBeGreaterThan(0)
    expect(await refusal(stream(admin, input(1)))).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  })
})

interface Report {
  diagnoseMailServer: {
    outcome: string
    steps: { side: string; kind: string; outcome: string; problem: string | null }[]
  }
}

/** Sending to a port of this machine; nobody receives. */
function input(port: number, outgoing: object = {}) {
  return serverInput({
    outgoing: { host: '127.0.0.1', port, encryption: 'NONE', timeoutSeconds: 10, ...outgoing },
    incoming: { host: '127.0.0.1', port: 1, timeoutSeconds: 1 },
  })
}

function stream(client: TestClient, settings: object, language = 'en') {
  return connect(client, { 'accept-language': language }).iterate<Streamed>({
    query: STREAM,
    variables: { input: settings },
  })
}

type Stream = ReturnType<typeof stream>

/** The next step; none where the stream has ended or the answer holds an error. */
async function next(steps: Stream): Promise<Step[]> {
  const result = await steps.next()
  const data = result.done === true ? undefined : result.value.data
  return data ? [data.mailServerDiagnosis] : []
}

/** Why a stream was refused. */
async function refusal(steps: Stream): Promise<object | undefined> {
  const result = await steps.next()
  return result.done === true ? undefined : result.value.errors?.[0]?.extensions
}

async function listen(behave: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const connection = Promise.withResolvers<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).resume()
    connection.resolve(socket)
    behave(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connection: connection.promise,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
