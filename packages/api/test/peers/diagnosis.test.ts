import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DiagnosisSide,
  EncryptionMode,
  IncomingAuthMethod,
  MailProtocol,
  SmtpAuthMethod,
  SmtpCredentials,
} from '@mailroom/shared'
import { diagnose, type DiagnosisReport } from '../../src/diagnosis/diagnose.js'
import type { DiagnosisRequest } from '../../src/diagnosis/diagnosis-report.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'

let servers: MailServersFixture

beforeAll(async () => {
  servers = await startMailServers()
})
afterAll(() => servers.stop())

type Outgoing = Partial<DiagnosisRequest['outgoing']>
type Incoming = Partial<DiagnosisRequest['incoming']>

/** A request for both sides of the fixture; alice signs in unless told otherwise. */
function request(
  outgoing: Outgoing = {},
  incoming: Incoming = {},
  credentials: { username: string; password: string } | undefined = alice(),
): DiagnosisRequest {
  return {
    outgoing: {
      host: servers.host,
      port: servers.ports.smtps,
      encryption: EncryptionMode.SSL,
      authMethod: SmtpAuthMethod.PLAIN,
      credentials: SmtpCredentials.INCOMING,
      popBeforeSmtp: false,
      popBeforeSmtpWaitSeconds: 0,
      timeoutSeconds: 10,
      pinnedCertificate: null,
      caCertificate: null,
      ...outgoing,
    },
    incoming: {
      protocol: MailProtocol.IMAP4,
      authMethod: IncomingAuthMethod.PASSWORD,
      host: servers.host,
      port: servers.ports.imaps,
      encryption: EncryptionMode.SSL,
      apop: false,
      timeoutSeconds: 10,
      pinnedCertificate: null,
      caCertificate: null,
      ...incoming,
    },
    outgoingSignIn: credentials && { credentials },
    incomingSignIn: credentials && { credentials },
  }
}

const alice = () => ({ username: servers.users.alice.name, password: servers.users.alice.password })
const run = (wanted: DiagnosisRequest) => diagnose(wanted, { extraCa: [servers.caPem] })
const failures = (report: DiagnosisReport) =>
  report.steps.filter((s) => s.outcome === 'FAILED').map((s) => [s.side, s.kind, s.problem])
const kinds = (report: DiagnosisReport, side: DiagnosisSide) =>
  report.steps.filter((s) => s.side === side).map((s) => s.kind)

const OUTGOING = (): [EncryptionMode, number][] => [
  ['NONE', servers.ports.smtp],
  ['SSL', servers.ports.smtps],
  ['TLS', servers.ports.submission],
]
const INCOMING = (protocol: MailProtocol): [EncryptionMode, number][] =>
  protocol === 'IMAP4'
    ? [
        ['NONE', servers.ports.imap],
        ['SSL', servers.ports.imaps],
        ['TLS', servers.ports.imap],
      ]
    : [
        ['NONE', servers.ports.pop3],
        ['SSL', servers.ports.pop3s],
        ['TLS', servers.ports.pop3],
      ]

describe('a right configuration of real Dovecot and Postfix', () => {
  it.each(['PLAIN', 'LOGIN'] as const)(
    'signs in to SMTP by %s in every encryption mode',
    async (authMethod) => {
      for (const [encryption, port] of OUTGOING()) {
        const report = await run(request({ encryption, port, authMethod }))
        expect([encryption, failures(report), report.outcome]).toEqual([
          encryption,
          [],
          encryption === 'NONE' ? 'WARNING' : 'OK',
        ])
        expect(report.outgoing.authMethods).toEqual(expect.arrayContaining(['PLAIN', 'LOGIN']))
      }
    },
  )

  it.each(['IMAP4', 'POP3'] as const)(
    'signs in by %s in every encryption mode and counts the mail',
    async (protocol) => {
      for (const [encryption, port] of INCOMING(protocol)) {
        const report = await run(request({}, { protocol, encryption, port }))
        expect([encryption, failures(report), report.outcome]).toEqual([
          encryption,
          [],
          encryption === 'NONE' ? 'WARNING' : 'OK',
        ])
        const mailbox = report.steps.find((s) => s.kind === 'MAILBOX')
        expect(mailbox?.detail).toContain(`messages=${servers.aliceMessages}`)
      }
    },
  )

  it('warns of a password in clear text, and offers the encryption that the server has', async () => {
    const report = await run(request({}, { encryption: 'NONE', port: servers.ports.imap }))
    const step = report.incoming.steps.find((s) => s.kind === 'AUTHENTICATE')
    expect(step).toMatchObject({
      outcome: 'WARNING',
      problem: 'AUTH_IN_CLEAR_TEXT',
      suggestion: { path: 'incoming.encryption', value: 'TLS', also: [] },
    })
  })

  it('keeps a transcript that shows what was said and no secret', async () => {
    const { steps } = await run(request({}, { protocol: 'POP3', port: servers.ports.pop3s }))
    const lines = steps.flatMap((s) => s.transcript)
    expect(lines).toContain('C: CAPA')
    expect(lines).toContain('C: PASS […]')
    expect(lines.join('\n')).not.toContain(alice().password)
    expect(lines.filter((line) => line.startsWith('S: ')).length).toBeGreaterThan(5)
  })

  it('reports the steps in the order of the encryption mode', async () => {
    const ssl = await run(request({}, { encryption: 'SSL', port: servers.ports.imaps }))
    expect(kinds(ssl, 'INCOMING')).toEqual([
      'RESOLVE',
      'CONNECT',
      'TLS',
      'GREETING',
      'CAPABILITIES',
      'AUTHENTICATE',
      'MAILBOX',
    ])
    const tls = await run(request({}, { encryption: 'TLS', port: servers.ports.imap }))
    expect(kinds(tls, 'INCOMING')).toEqual([
      'RESOLVE',
      'CONNECT',
      'GREETING',
      'TLS',
      'CAPABILITIES',
      'AUTHENTICATE',
      'MAILBOX',
    ])
    expect(kinds(tls, 'OUTGOING')).not.toContain('MAILBOX')
  })

  it('shows the certificate of each side', async () => {
    const { outgoing, incoming } = await run(request())
    for (const { certificate } of [outgoing, incoming]) {
      expect(certificate).toMatchObject({
        subject: expect.stringContaining('mail.test') as string,
        trusted: true,
      })
      expect(certificate?.altNames).toContain('mail.test')
      expect(certificate?.fingerprint256).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('signs in with passwords that break naive clients', async () => {
    for (const { name, password } of Object.values(servers.users)) {
      for (const protocol of ['IMAP4', 'POP3'] as const) {
        const port = protocol === 'IMAP4' ? servers.ports.imaps : servers.ports.pop3s
        const report = await run(request({}, { protocol, port }, { username: name, password }))
        expect([name, protocol, failures(report)]).toEqual([name, protocol, []])
      }
    }
  })

  it('skips signing in, and does not fail, without credentials', async () => {
    const report = await diagnose(
      { ...request(), incomingSignIn: undefined, outgoingSignIn: undefined },
      { extraCa: [servers.caPem] },
    )
    expect(report.outcome).toBe('OK')
    const skipped = report.steps.filter((s) => s.outcome === 'SKIPPED').map((s) => [s.side, s.kind])
    expect(skipped).toEqual(
      expect.arrayContaining([
        ['OUTGOING', 'AUTHENTICATE'],
        ['INCOMING', 'AUTHENTICATE'],
        ['INCOMING', 'MAILBOX'],
      ]),
    )
  })
})

describe('a wrong configuration', () => {
  it('names a wrong password, in every protocol, and nowhere shows it', async () => {
    const wrong = { username: 'alice', password: 'wrong-password-secret' }
    for (const protocol of ['IMAP4', 'POP3'] as const) {
      const port = protocol === 'IMAP4' ? servers.ports.imaps : servers.ports.pop3s
      const report = await run(request({}, { protocol, port }, wrong))
      expect(failures(report)).toEqual(
        expect.arrayContaining([
          ['OUTGOING', 'AUTHENTICATE', 'AUTH_REJECTED'],
          ['INCOMING', 'AUTHENTICATE', 'AUTH_REJECTED'],
        ]),
      )
      expect(JSON.stringify(report)).not.toContain('wrong-password-secret')
    }
  })

  it('does not trust an unknown authority, shows its certificate, and goes no further', async () => {
    const report = await diagnose(request())
    expect(failures(report).map(([, kind, problem]) => [kind, problem])).toEqual([
      ['TLS', 'TLS_CERTIFICATE_UNTRUSTED'],
      ['TLS', 'TLS_CERTIFICATE_UNTRUSTED'],
    ])
    expect(report.incoming.certificate?.trusted).toBe(false)
    expect(report.incoming.steps.find((s) => s.kind === 'TLS')?.suggestion).toEqual({
      path: 'incoming.pinnedCertificate',
      value: report.incoming.certificate?.fingerprint256,
      also: [],
    })
  })

  it('trusts a private authority for the side that names it, and for no other', async () => {
    const report = await diagnose(request({}, { caCertificate: servers.caPem }))
    expect(failures(report)).toEqual([['OUTGOING', 'TLS', 'TLS_CERTIFICATE_UNTRUSTED']])
  })

  it('accepts exactly the pinned certificate', async () => {
    const shown = await diagnose(request())
    const pin = shown.incoming.certificate?.fingerprint256 ?? ''
    const pinned = await diagnose(request({ pinnedCertificate: pin }, { pinnedCertificate: pin }))
    expect(failures(pinned)).toEqual([])
    const other = await diagnose(request({}, { pinnedCertificate: 'ab'.repeat(32) }))
    expect(failures(other)).toContainEqual(['INCOMING', 'TLS', 'TLS_CERTIFICATE_CHANGED'])
  })

  it('does not accept a certificate for another name', async () => {
    const report = await run(request({}, { host: servers.unnamedHost }))
    expect(failures(report)).toContainEqual(['INCOMING', 'TLS', 'TLS_CERTIFICATE_WRONG_NAME'])
  })

  it('names what is behind a wrong port', async () => {
    const clear = await run(request({ port: servers.ports.smtp }, { port: servers.ports.imap }))
    expect(failures(clear)).toEqual(
      expect.arrayContaining([
        ['OUTGOING', 'TLS', 'TLS_ON_PLAIN_PORT'],
        ['INCOMING', 'TLS', 'TLS_ON_PLAIN_PORT'],
      ]),
    )
    const reverse = await run(
      request(
        { encryption: 'NONE', port: servers.ports.smtps },
        { encryption: 'TLS', port: servers.ports.imaps },
      ),
    )
    expect(failures(reverse)).toEqual(
      expect.arrayContaining([
        ['OUTGOING', 'GREETING', 'TLS_EXPECTED'],
        ['INCOMING', 'GREETING', 'TLS_EXPECTED'],
      ]),
    )
    const other = await run(
      request(
        { encryption: 'NONE', port: servers.ports.imap },
        { encryption: 'NONE', port: servers.ports.smtp },
      ),
    )
    expect(failures(other)).toEqual(
      expect.arrayContaining([
        ['OUTGOING', 'GREETING', 'NOT_THIS_PROTOCOL'],
        ['INCOMING', 'GREETING', 'NOT_THIS_PROTOCOL'],
      ]),
    )
  })

  it('shows both fingerprints where a pinned certificate has changed', async () => {
    const report = await run(request({}, { pinnedCertificate: 'ab'.repeat(32) }))
    const step = report.incoming.steps.find((s) => s.kind === 'TLS')
    expect(step?.detail).toContain('ab'.repeat(32))
    expect(step?.detail).toContain(report.incoming.certificate?.fingerprint256)
  })

  it('does not try sending where POP before SMTP cannot sign in', async () => {
    const wrong = { username: 'alice', password: 'wrong-password' }
    const report = await run(request({ popBeforeSmtp: true }, {}, wrong))
    expect(failures(report)).toEqual([
      ['INCOMING', 'AUTHENTICATE', 'AUTH_REJECTED'],
      ['OUTGOING', 'AUTHENTICATE', 'POP_BEFORE_SMTP_FAILED'],
    ])
  })

  it('names a missing STARTTLS', async () => {
    const report = await run(request({ encryption: 'TLS', port: servers.ports.smtp }))
    expect(failures(report)).toEqual([['OUTGOING', 'TLS', 'TLS_NOT_OFFERED']])
  })

  it('names a mechanism that is not offered, and uses no other', async () => {
    const report = await run(
      request({ encryption: 'NONE', port: servers.ports.smtpPlainOnly, authMethod: 'LOGIN' }),
    )
    expect(failures(report)).toEqual([['OUTGOING', 'AUTHENTICATE', 'AUTH_METHOD_NOT_OFFERED']])
  })

  it('skips, by name, every step after the one that failed', async () => {
    const report = await run(request({}, { host: 'mail.invalid' }))
    expect(kinds(report, 'INCOMING')).toEqual([
      'RESOLVE',
      'CONNECT',
      'TLS',
      'GREETING',
      'CAPABILITIES',
      'AUTHENTICATE',
      'MAILBOX',
    ])
    expect(report.incoming.steps.slice(1).every((s) => s.outcome === 'SKIPPED')).toBe(true)
  })

  it('names a refused port and an unknown name', async () => {
    const report = await run(request({ port: 1 }, { host: 'mail.invalid' }))
    expect(failures(report)).toEqual(
      expect.arrayContaining([
        ['OUTGOING', 'CONNECT', 'CONNECT_REFUSED'],
        ['INCOMING', 'RESOLVE', 'NAME_NOT_FOUND'],
      ]),
    )
  })

  it.each(['169.254.169.254', '0.0.0.0', '::ffff:169.254.169.254'])(
    'never dials %s',
    async (host) => {
      const report = await run(request({ host }))
      expect(failures(report)).toEqual([['OUTGOING', 'RESOLVE', 'ADDRESS_FORBIDDEN']])
    },
  )
})

describe('a hostile server', () => {
  const SECRET = 'tell-nobody-4711'

  it('that is silent, drips, or never ends a line ends the step by the time-out', async () => {
    const behaviours: [string, (socket: Socket) => void, string][] = [
      ['silent', () => undefined, 'TIMEOUT'],
      ['dripping', (socket) => drip(socket), 'TIMEOUT'],
      ['endless line', (socket) => socket.write(`220 ${'x'.repeat(200_000)}`), 'PROTOCOL_ERROR'],
    ]
    for (const [what, behave, problem] of behaviours) {
      await withServer(behave, async (port) => {
        const report = await run(request({ encryption: 'NONE', port, timeoutSeconds: 1 }))
        expect([what, failures(report)]).toEqual([what, [['OUTGOING', 'GREETING', problem]]])
      })
    }
  })

  it('that says more behind its consent to STARTTLS is not believed', async () => {
    const dialogue = smtpDialogue({ STARTTLS: '220 go ahead\r\n250 injected\r\n' })
    await withServer(dialogue.behave, async (port) => {
      const report = await run(request({ encryption: 'TLS', port }))
      expect(failures(report)).toEqual([['OUTGOING', 'TLS', 'TLS_FAILED']])
    })
  })

  it('that calls us signed in before STARTTLS gets no name or password', async () => {
    const heard: string[] = []
    const behave = (socket: Socket) => {
      socket.write('* PREAUTH welcome\r\n')
      socket.on('data', (data: Buffer) => heard.push(data.toString()))
    }
    await withServer(behave, async (port) => {
      const report = await run(
        request({}, { encryption: 'TLS', port }, { username: 'alice', password: SECRET }),
      )
      expect(failures(report)).toContainEqual(['INCOMING', 'GREETING', 'PROTOCOL_ERROR'])
    })
    expect(heard.join('')).toBe('')
  })

  it('that takes STARTTLS out of its list hears no password', async () => {
    const dialogue = smtpDialogue({})
    await withServer(dialogue.behave, async (port) => {
      const report = await run(
        request({ encryption: 'TLS', port }, {}, { username: 'alice', password: SECRET }),
      )
      expect(failures(report)).toContainEqual(['OUTGOING', 'TLS', 'TLS_NOT_OFFERED'])
    })
    expect(dialogue.heard()).not.toMatch(/AUTH/)
  })

  it('that repeats what it heard shows no secret in the report', async () => {
    const plain = Buffer.from(`\0alice\0${SECRET}`).toString('base64')
    const behave = (socket: Socket) => {
      socket.write('220 hello\r\n')
      socket.on('data', (data: Buffer) => {
        const line = data.toString()
        if (line.startsWith('EHLO')) socket.write('250-hello\r\n250 AUTH PLAIN LOGIN\r\n')
        else
          socket.write(
            `535 no good: ${line.trim()} ${SECRET} ${Buffer.from(SECRET).toString('base64')}\r\n`,
          )
      })
    }
    await withServer(behave, async (port) => {
      const report = await run(
        request({ encryption: 'NONE', port }, {}, { username: 'alice', password: SECRET }),
      )
      const text = JSON.stringify(report.steps)
      expect(failures(report)).toContainEqual(['OUTGOING', 'AUTHENTICATE', 'AUTH_REJECTED'])
      for (const form of [SECRET, plain, Buffer.from(SECRET).toString('base64')])
        expect(text).not.toContain(form)
    })
  })

  function drip(socket: Socket): void {
    const timer = setInterval(() => socket.write('2'), 100)
    socket.once('close', () => clearInterval(timer))
  }

  function smtpDialogue(answers: Record<string, string>) {
    const lines: string[] = []
    const behave = (socket: Socket) => {
      socket.write('220 hello\r\n')
      socket.on('data', (data: Buffer) => {
        const line = data.toString()
        lines.push(line)
        const offer = Object.hasOwn(answers, 'STARTTLS')
          ? '250-hello\r\n250 STARTTLS\r\n'
          : '250 hello\r\n'
        socket.write(line.startsWith('EHLO') ? offer : (answers[line.trim()] ?? '502 no\r\n'))
      })
    }
    return { behave, heard: () => lines.join('') }
  }

  async function withServer(
    behave: (socket: Socket) => void,
    work: (port: number) => Promise<void>,
  ): Promise<void> {
    const sockets = new Set<Socket>()
    const server: Server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      behave(socket)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    try {
      await work(typeof address === 'object' && address !== null ? address.port : 0)
    } finally {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
  }
})

it('ends at once when it is cancelled', async () => {
  const controller = new AbortController()
  const running = diagnose(request({ host: '127.0.0.1', port: 9, encryption: 'NONE' }), {
    signal: controller.signal,
    extraCa: [servers.caPem],
  })
  controller.abort()
  const report = await running
  expect(report.steps.filter((s) => s.kind === 'AUTHENTICATE').map((s) => s.outcome)).toEqual([
    'SKIPPED',
    'SKIPPED',
  ])
})
