import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { NO_NETWORK, notFound, startOutside, type TestOutside } from '../support/outside.js'

let database: TestDatabase
let world: TestOutside
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  world = await startOutside()
  api = await startApi(database.url, {}, { outside: world.outside })
})
afterEach(async () => {
  await database.query('DELETE FROM rate_limit')
  world.addresses.clear()
  world.records.srv.clear()
  world.records.mx = []
  world.asked.length = 0
  world.answer = notFound
})
afterAll(async () => {
  await api.close()
  await world.close()
  await database.drop()
})

const FIND = `query ($email: String!) { findMailServerSettings(email: $email) {
  candidates {
    source providerName usernameForm documentationUrl notes
    outgoing { host port encryption authMethod isReached problem }
    incoming { protocol host port encryption authMethod isReached problem }
  }
  unasked { source problem }
} }`
const EMAIL = 'taro@example.test'

interface Side {
  host: string
  port: number
  isReached: boolean | null
  problem: string | null
}
interface Found {
  candidates: {
    source: string
    providerName: string | null
    notes: string[]
    outgoing: Side & { authMethod: string }
    incoming: Side & { protocol: string }
  }[]
  unasked: { source: string; problem: string }[]
}
async function find(email: string, from: TestApi = api): Promise<Found> {
  const admin = await from.admin()
  const answer = await admin.ask<{ findMailServerSettings: Found }>(FIND, { email })
  return answer.findMailServerSettings
}

const file = (smtpPort: number, imapPort: number) => `<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="example.test"><displayName>見本通信</displayName>
<incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>${imapPort}</port>
<socketType>SSL</socketType><username>%EMAILLOCALPART%</username>
<authentication>password-cleartext</authentication></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.%EMAILDOMAIN%</hostname><port>${smtpPort}</port>
<socketType>SSL</socketType><username>%EMAILLOCALPART%</username>
<authentication>password-cleartext</authentication></outgoingServer>
</emailProvider></clientConfig>`

/** Names that exist, all of them on this machine. */
function give(...names: string[]): void {
  for (const name of names) world.addresses.set(name, '127.0.0.1')
}

describe('settings by an e-mail address', () => {
  it("come from the provider's own file, and are tried out", async () => {
    give('autoconfig.example.test', 'imap.example.test', 'smtp.example.test')
    world.answer = (_request, response) => response.end(file(world.smtpPort, world.imapPort))
    const { candidates } = await find('Ｔaro＠EXAMPLE.test')
    expect(candidates).toEqual([
      {
        source: 'AUTOCONFIG_PROVIDER',
        providerName: '見本通信',
        usernameForm: 'LOCAL_PART',
        documentationUrl: null,
        notes: [],
        outgoing: {
          ...{ host: 'smtp.example.test', port: world.smtpPort, encryption: 'SSL' },
          ...{ authMethod: 'PLAIN', isReached: true, problem: null },
        },
        incoming: {
          ...{ host: 'imap.example.test', port: world.imapPort, encryption: 'SSL' },
          ...{ protocol: 'IMAP4', authMethod: 'PASSWORD', isReached: true, problem: null },
        },
      },
    ])
  })

  it('tell the whole address to the provider at one place, and to Mozilla never', async () => {
    give('autoconfig.example.test', 'example.test', 'autoconfig.thunderbird.net')
    world.records.mx = [{ exchange: 'mx1.mail.example-host.jp', priority: 10 }]
    await find(EMAIL)
    expect(world.asked.filter((url) => url.includes('taro'))).toEqual([
      'https://autoconfig.example.test/mail/config-v1.1.xml?emailaddress=taro%40example.test',
    ])
    expect(world.asked).toEqual(
      expect.arrayContaining([
        'https://example.test/.well-known/autoconfig/mail/config-v1.1.xml',
        'https://autoconfig.thunderbird.net/v1.1/example.test',
        'https://autoconfig.thunderbird.net/v1.1/example-host.jp',
      ]),
    )
  })

  it('come from SRV records, with the method that the server itself offers', async () => {
    give('imap.example.test', 'smtp.example.test')
    world.records.srv.set('_submissions._tcp.example.test', ['smtp.example.test', world.smtpPort])
    world.records.srv.set('_imaps._tcp.example.test', ['imap.example.test', world.imapPort])
    const { candidates } = await find(EMAIL)
    expect(candidates).toMatchObject([
      {
        source: 'SRV',
        outgoing: { host: 'smtp.example.test', authMethod: 'PLAIN', isReached: true },
        incoming: { host: 'imap.example.test', isReached: true },
      },
    ])
  })

  it('come from where the mail is delivered, and say what did not answer', async () => {
    world.records.mx = [{ exchange: 'ASPMX.L.google.com', priority: 1 }]
    const { candidates } = await find(EMAIL)
    expect(candidates[0]).toMatchObject({
      source: 'MX',
      providerName: 'Gmail / Google Workspace',
      notes: ['APP_PASSWORD', 'OAUTH_OFFERED'],
      outgoing: { host: 'smtp.gmail.com', isReached: false, problem: 'NAME_NOT_FOUND' },
    })
  })

  it('with a server that answers come before those without', async () => {
    give('autoconfig.example.test', 'imap.example.test', 'smtp.example.test')
    world.answer = (_request, response) => response.end(file(1, 1))
    world.records.srv.set('_submissions._tcp.example.test', ['smtp.example.test', world.smtpPort])
    world.records.srv.set('_imaps._tcp.example.test', ['imap.example.test', world.imapPort])
    const { candidates } = await find(EMAIL)
    expect(candidates.map(({ source, outgoing }) => [source, outgoing.problem])).toEqual([
      ['SRV', null],
      ['AUTOCONFIG_PROVIDER', 'CONNECT_REFUSED'],
    ])
  })

  it('are an empty list where nobody knows any', async () => {
    expect((await find(EMAIL)).candidates).toEqual([])
  })
})

describe('a web server that means no good', () => {
  const elsewhere = (location: string) => {
    world.answer = (_request, response) => response.writeHead(302, { location }).end()
  }
  const problems = async () => (await find(EMAIL)).unasked.filter((u) => /PROVIDER/.test(u.source))

  it.each([
    ['http://example.test/config.xml', 'NOT_UNDERSTOOD'],
    ['https://example.test:8443/config.xml', 'NOT_UNDERSTOOD'],
    ['https://user:pass@example.test/config.xml', 'NOT_UNDERSTOOD'],
    ['file:///etc/passwd', 'NOT_UNDERSTOOD'],
    ['https://169.254.169.254/latest/meta-data', 'ADDRESS_FORBIDDEN'],
    ['https://metadata.example.test/', 'ADDRESS_FORBIDDEN'],
    ['https://autoconfig.example.test/again', 'NOT_UNDERSTOOD'],
  ])('leads nobody to %s', async (location, problem) => {
    give('autoconfig.example.test')
    world.addresses.set('metadata.example.test', '169.254.169.254')
    elsewhere(location)
    expect(await problems()).toEqual([{ source: 'AUTOCONFIG_PROVIDER', problem }])
    expect(world.asked.length).toBeLessThanOrEqual(4)
  })

  it('is followed to where the file is', async () => {
    give('autoconfig.example.test', 'www.example.test', 'imap.example.test', 'smtp.example.test')
    world.answer = (request, response) =>
      request.headers.host === 'www.example.test'
        ? response.end(file(world.smtpPort, world.imapPort))
        : response.writeHead(301, { location: 'https://www.example.test/a.xml' }).end()
    expect((await find(EMAIL)).candidates).toHaveLength(1)
  })

  it('is read only so far: too much, and no end', async () => {
    give('autoconfig.example.test')
    world.answer = (_request, response) => response.end('x'.repeat(70_000))
    expect(await problems()).toMatchObject([{ problem: 'NOT_UNDERSTOOD' }])
    world.answer = (_request, response) => response.write('<clientConfig>')
    expect(await problems()).toMatchObject([{ problem: 'TIMED_OUT' }])
  })

  it('is no provider of settings only because it has a page for everything', async () => {
    give('autoconfig.example.test', 'example.test')
    world.answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'.repeat(20_000))
    expect(await problems()).toEqual([])
    world.answer = (_request, response) => response.end('<html><body>Welcome</body></html>')
    expect(await problems()).toEqual([])
  })

  it('is not believed with a certificate for another name', async () => {
    world.addresses.set('autoconfig.other.test', '127.0.0.1')
    world.answer = (_request, response) => response.end(file(1, 1))
    const { candidates, unasked } = await find('taro@other.test')
    expect(candidates).toEqual([])
    expect(unasked).toContainEqual({
      source: 'AUTOCONFIG_PROVIDER',
      problem: 'CERTIFICATE_UNTRUSTED',
    })
    expect(world.asked).toEqual([])
  })
})

describe('who may ask, and how often', () => {
  it.each([
    '',
    'taro',
    'taro@example',
    'a@example.test, b@example.test',
    `${'x'.repeat(250)}@a.jp`,
  ])('refuses %j at its field', async (email) => {
    const { extensions } = await (await api.admin()).fail(FIND, { email })
    expect(extensions.code).toBe('BAD_USER_INPUT')
    expect(extensions.fields?.map(({ path }) => path)).toContain('email')
  })

  it('is for administrators', async () => {
    expect((await api.client().fail(FIND, { email: EMAIL })).extensions.code).toBe(
      'UNAUTHENTICATED',
    )
  })

  it('makes an administrator wait after twenty in a minute', async () => {
    const limited = await startApi(database.url, { MAILROOM_DISCOVERY: 'off' })
    try {
      const admin = await limited.admin('ja')
      const answers = await Promise.all(
        Array.from({ length: 21 }, () => admin.send(FIND, { email: EMAIL })),
      )
      const refused = answers.flatMap(({ errors }) => errors)
      expect(refused.map(({ extensions }) => extensions.code)).toEqual(['TOO_MANY_REQUESTS'])
      expect(refused[0]?.extensions.retryAfterSeconds).toBeGreaterThan(0)
      expect(refused[0]?.message).toMatch(/秒後にもう一度/)
    } finally {
      await limited.close()
    }
  })
})

describe('without the world outside', () => {
  it('says that the sources could not be asked, and still knows its own list', async () => {
    const alone = await startApi(database.url, {}, { outside: NO_NETWORK })
    try {
      const { candidates, unasked } = await find('taro@docomo.ne.jp', alone)
      expect(candidates).toMatchObject([
        {
          source: 'PRESET',
          providerName: 'ドコモメール',
          outgoing: { host: 'smtp.spmode.ne.jp', isReached: false, problem: 'RESOLVE_FAILED' },
        },
      ])
      expect(unasked.map(({ source, problem }) => [source, problem]).sort()).toEqual([
        ['AUTOCONFIG_MOZILLA', 'NAME_SERVER_UNREACHABLE'],
        ['AUTOCONFIG_PROVIDER', 'NAME_SERVER_UNREACHABLE'],
        ['MX', 'NAME_SERVER_UNREACHABLE'],
        ['SRV', 'NAME_SERVER_UNREACHABLE'],
      ])
      expect((await find(EMAIL, alone)).candidates).toEqual([])
    } finally {
      await alone.close()
    }
  })

  it.each([
    ['off', ['AUTOCONFIG_MOZILLA', 'AUTOCONFIG_PROVIDER', 'GUESS', 'MX', 'SRV']],
    ['local', ['AUTOCONFIG_MOZILLA', 'AUTOCONFIG_PROVIDER']],
  ])('asks nobody that MAILROOM_DISCOVERY=%s leaves out', async (mode, left) => {
    const env = { MAILROOM_DISCOVERY: mode }
    const quiet = await startApi(database.url, env, { outside: world.outside })
    try {
      give('autoconfig.gmail.com', 'gmail.com', 'autoconfig.thunderbird.net')
      const { candidates, unasked } = await find('taro@gmail.com', quiet)
      expect(candidates[0]).toMatchObject({ source: 'PRESET' })
      expect(candidates[0]?.outgoing.isReached).toBe(mode === 'off' ? null : false)
      expect(unasked.map(({ source }) => source).sort()).toEqual(left)
      expect(new Set(unasked.map(({ problem }) => problem))).toEqual(new Set(['SWITCHED_OFF']))
      expect(world.asked).toEqual([])
    } finally {
      await quiet.close()
    }
  })
})
