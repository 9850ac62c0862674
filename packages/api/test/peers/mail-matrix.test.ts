import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncomingAuthMethod, SmtpAuthMethod } from '@mailroom/shared'
import { diagnose } from '../../src/diagnosis/diagnose.js'
import { diagnosisRequest, problemsOf, signInOf } from '../support/diagnosis-kit.js'
import {
  encryptions,
  type Encryption,
  type SmtpMechanism,
} from '../support/mail-servers/mechanism-ports.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'

/** Every kind of server that the settings know, each cell against real Dovecot, Postfix and Cyrus SASL. */
let servers: MailServersFixture

beforeAll(async () => {
  servers = await startMailServers()
})
afterAll(() => servers.stop())

interface Login {
  username: string
  password: string
}
const everybody = (): Login[] =>
  Object.values(servers.users).map(({ name, password }) => ({ username: name, password }))
const byToken = (password: string): Login => ({ username: 'alice', password })
const WRONG = { username: 'alice', password: 'wrong-pässword-4711' }

async function smtp(
  port: number,
  encryption: Encryption,
  authMethod: SmtpAuthMethod,
  outgoingCredentials: Login | undefined,
) {
  const request = diagnosisRequest({
    outgoing: { host: servers.host, port, encryption, authMethod },
    outgoingCredentials,
  })
  return (await diagnose(request, { extraCa: [servers.caPem] })).outgoing
}

/** What a port of one mechanism offers, in the server's words, and the setting that means it. */
const SMTP: [SmtpMechanism, SmtpAuthMethod, string][] = [
  ['PLAIN', 'PLAIN', 'PLAIN'],
  ['LOGIN', 'LOGIN', 'LOGIN'],
  ['CRAM_MD5', 'CRAM_MD5', 'CRAM-MD5'],
  ['DIGEST_MD5', 'DIGEST_MD5', 'DIGEST-MD5'],
  ['CYRUS_DIGEST_MD5', 'DIGEST_MD5', 'DIGEST-MD5'],
]
const SMTP_OAUTH: SmtpMechanism[] = ['XOAUTH2', 'OAUTHBEARER']

describe.each(encryptions)('H-13 SMTP with encryption %s', (encryption) => {
  it('needs no sign-in with the method NONE', async () => {
    const port = servers.mechanismPorts.PLAIN[encryption]
    const side = await smtp(port, encryption, 'NONE', byToken('never sent'))
    expect(problemsOf(side)).toEqual([])
    expect(signInOf(side).outcome).toBe('SKIPPED')
  })

  it.each(SMTP)('signs everybody in by %s alone', async (mechanism, authMethod, offered) => {
    const port = servers.mechanismPorts[mechanism][encryption]
    const signIn = async (login: Login) => {
      const side = await smtp(port, encryption, authMethod, login)
      expect([login.username, problemsOf(side)]).toEqual([login.username, []])
      expect(signInOf(side).detail).toContain('235')
      // The port offers nothing else: whoever is in used it.
      expect(side.authMethods).toEqual([offered])
    }
    await Promise.all(everybody().map(signIn))
  })

  it.each(SMTP)('is refused by %s with a wrong password', async (mechanism, authMethod) => {
    const port = servers.mechanismPorts[mechanism][encryption]
    const side = await smtp(port, encryption, authMethod, WRONG)
    expect(problemsOf(side)).toEqual(['AUTHENTICATE AUTH_REJECTED'])
    expect(signInOf(side).detail).toContain('535')
    expect(JSON.stringify(side)).not.toContain(WRONG.password)
  })

  it.each(SMTP_OAUTH)('signs in by a token over %s', async (mechanism) => {
    const port = servers.mechanismPorts[mechanism][encryption]
    for (const token of [servers.oauthTokens.valid, servers.oauthTokens.long]) {
      const side = await smtp(port, encryption, 'XOAUTH2', byToken(token))
      expect(problemsOf(side)).toEqual([])
      expect(side.authMethods).toEqual([mechanism])
    }
  })

  it.each(SMTP_OAUTH)('reads why a token is refused over %s', async (mechanism) => {
    const port = servers.mechanismPorts[mechanism][encryption]
    const token = servers.oauthTokens.expired
    const side = await smtp(port, encryption, 'XOAUTH2', byToken(token))
    expect(problemsOf(side)).toEqual(['AUTHENTICATE OAUTH_TOKEN_REJECTED'])
    expect(signInOf(side).detail).toMatch(/^535 .*\(status \w+\)$/)
    expect(JSON.stringify(side)).not.toContain(token.slice(0, 12))
  })
})

describe('H-12 SMTP with another mechanism than the chosen', () => {
  it.each(SMTP)('does not use the %s that is offered', async (mechanism, own, offered) => {
    const port = servers.mechanismPorts[mechanism].NONE
    const methods: SmtpAuthMethod[] = ['PLAIN', 'LOGIN', 'CRAM_MD5', 'DIGEST_MD5', 'XOAUTH2']
    for (const method of methods.filter((each) => each !== own)) {
      const side = await smtp(port, 'NONE', method, WRONG)
      expect(signInOf(side)).toEqual({
        outcome: 'FAILED',
        problem: 'AUTH_METHOD_NOT_OFFERED',
        detail: offered,
      })
    }
  })

  it.each(SMTP_OAUTH)('says that a server of %s alone wants OAuth', async (mechanism) => {
    const port = servers.mechanismPorts[mechanism].NONE
    const side = await smtp(port, 'NONE', 'PLAIN', WRONG)
    expect(problemsOf(side)).toEqual(['AUTHENTICATE OAUTH_REQUIRED'])
  })

  it('says that sign-in waits for STARTTLS where the server keeps it back', async () => {
    const side = await smtp(servers.ports.submission, 'NONE', 'PLAIN', WRONG)
    expect(problemsOf(side)).toEqual(['AUTHENTICATE AUTH_NEEDS_ENCRYPTION'])
  })
})

interface Incoming {
  protocol: 'IMAP4' | 'POP3'
  encryption: Encryption
  authMethod?: IncomingAuthMethod
  apop?: boolean
}

async function receive({ protocol, encryption, ...rest }: Incoming, incomingCredentials: Login) {
  const { imap, imaps, pop3, pop3s } = servers.ports
  const [clear, secure] = protocol === 'IMAP4' ? [imap, imaps] : [pop3, pop3s]
  const port = encryption === 'SSL' ? secure : clear
  const request = diagnosisRequest({
    incoming: { host: servers.host, port, protocol, encryption, ...rest },
    incomingCredentials,
  })
  return (await diagnose(request, { extraCa: [servers.caPem] })).incoming
}

/** The lines of sign-ins that Dovecot logs while `work` runs. */
async function signInsLogged(work: () => Promise<unknown>, expected: number): Promise<string[]> {
  const all = async () =>
    (await servers.logs()).split('\n').filter((line) => line.includes('-login: Info: Login: '))
  const before = (await all()).length
  await work()
  await expect.poll(async () => (await all()).length).toBe(before + expected)
  return (await all()).slice(before)
}

/** A cell is a way to sign in, and the name that Dovecot's log has for it. */
const INCOMING: [string, Omit<Incoming, 'encryption'>, string][] = [
  ['IMAP4 and a password', { protocol: 'IMAP4' }, 'method=PLAIN'],
  ['POP3 and USER/PASS', { protocol: 'POP3' }, 'method=PLAIN'],
  ['POP3 and APOP', { protocol: 'POP3', apop: true }, 'method=APOP'],
]

describe.each(encryptions)('receiving with encryption %s', (encryption) => {
  const isSecured = encryption !== 'NONE'

  it.each(INCOMING)('signs everybody in by %s', async (_name, cell, method) => {
    const logins = everybody()
    const signIn = async (login: Login) => {
      const side = await receive({ ...cell, encryption }, login)
      expect([login.username, problemsOf(side)]).toEqual([login.username, []])
    }
    const lines = await signInsLogged(() => Promise.all(logins.map(signIn)), logins.length)
    for (const line of lines) {
      expect(line).toContain(method)
      expect(/, TLS,/.test(line)).toBe(isSecured)
    }
  })

  it.each(INCOMING)('is refused by %s with a wrong password', async (_name, cell) => {
    const side = await receive({ ...cell, encryption }, WRONG)
    expect(problemsOf(side)).toEqual(['AUTHENTICATE AUTH_REJECTED'])
    expect(JSON.stringify(side)).not.toContain(WRONG.password)
  })

  it('signs in to IMAP4 by a token', async () => {
    const cell = { protocol: 'IMAP4', authMethod: 'XOAUTH2', encryption } as const
    const { valid, long } = servers.oauthTokens
    const lines = await signInsLogged(async () => {
      for (const token of [valid, long]) {
        const side = await receive(cell, byToken(token))
        expect(problemsOf(side)).toEqual([])
      }
    }, 2)
    for (const line of lines) expect(line).toContain('method=XOAUTH2')
  })

  it('reads why IMAP4 refuses a token', async () => {
    const token = servers.oauthTokens.expired
    const cell = { protocol: 'IMAP4', authMethod: 'XOAUTH2', encryption } as const
    const side = await receive(cell, byToken(token))
    expect(problemsOf(side)).toEqual(['AUTHENTICATE OAUTH_TOKEN_REJECTED'])
    expect(signInOf(side).detail).toMatch(/\(status \w+\)$/)
    expect(JSON.stringify(side)).not.toContain(token.slice(0, 12))
  })
})

describe('POP before SMTP', () => {
  it('relays after a sign-in by POP3 from the same address, and for nobody else', async () => {
    await servers.forgetPopSignIns()
    expect(await relayReply()).toMatch(/^550 .*POP before SMTP/)
    await receive({ protocol: 'POP3', encryption: 'NONE' }, WRONG)
    expect(await relayReply()).toMatch(/^550 /)
    const [alice] = everybody()
    await receive({ protocol: 'POP3', encryption: 'SSL' }, alice ?? WRONG)
    expect(await relayReply()).toMatch(/^250 /)
    expect(await relayReply('127.0.0.9')).toMatch(/^550 /)
  })

  /** The reply to RCPT of somebody elsewhere. */
  function relayReply(localAddress = '127.0.0.1'): Promise<string> {
    const commands = ['EHLO client.test', 'MAIL FROM:<alice@mail.test>', 'RCPT TO:<bob@else.test>']
    return new Promise((resolve, reject) => {
      const socket = connect({ host: servers.host, port: servers.ports.smtpAfterPop, localAddress })
      let text = ''
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        const reply = /(?:^|\n)(\d{3} [^\r\n]*)\r\n$/.exec(text)?.[1]
        if (reply === undefined) return
        text = ''
        const command = commands.shift()
        if (command !== undefined) return socket.write(`${command}\r\n`)
        socket.destroy()
        resolve(reply)
      })
      socket.once('error', reject)
    })
  }
})
