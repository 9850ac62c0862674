import { beforeAll, describe, expect, it } from 'vitest'
import { diagnose } from '../../src/diagnosis/diagnose.js'
import { diagnosisRequest, problemsOf } from '../support/diagnosis-kit.js'
import {
  createFlawedCertificates,
  type CertificateFlaw,
  type FlawedCertificates,
} from '../support/mail-servers/flawed-certificates.js'
import { withScript, type Script } from '../support/scripted-dialogue.js'

let certificates: FlawedCertificates

beforeAll(async () => {
  certificates = await createFlawedCertificates()
})

const CREDENTIALS = { username: 'alice', password: 'tell-nobody-4711' }
const tag = (line: string) => line.split(' ')[0] ?? ''

/** Just enough of each protocol to come to signing in. */
const PROTOCOLS: Record<'SMTP' | 'IMAP4' | 'POP3', Omit<Script, 'tls'> & { startTls: RegExp }> = {
  SMTP: {
    greeting: '220 hello\r\n',
    startTls: /^STARTTLS$/,
    answer: (line, isSecured) => {
      if (line.startsWith('EHLO'))
        return `250-hello\r\n250 ${isSecured ? 'AUTH PLAIN' : 'STARTTLS'}\r\n`
      if (line.startsWith('AUTH')) return '235 welcome\r\n'
      return '220 ok\r\n'
    },
  },
  IMAP4: {
    greeting: '* OK hello\r\n',
    startTls: / STARTTLS$/,
    answer: (line, isSecured) => {
      const offer = isSecured ? 'AUTH=PLAIN SASL-IR' : 'STARTTLS LOGINDISABLED'
      const untagged = line.endsWith('CAPABILITY') ? `* CAPABILITY IMAP4rev1 ${offer}\r\n` : ''
      const exists = line.includes('EXAMINE') ? '* 0 EXISTS\r\n' : ''
      return `${untagged}${exists}${tag(line)} OK done\r\n`
    },
  },
  POP3: {
    greeting: '+OK hello\r\n',
    startTls: /^STLS$/,
    answer: (line, isSecured) => {
      if (line === 'CAPA') return `+OK\r\n${isSecured ? 'USER' : 'STLS'}\r\n.\r\n`
      return line === 'STAT' ? '+OK 0 0\r\n' : '+OK\r\n'
    },
  },
}

const CELLS = (['SMTP', 'IMAP4', 'POP3'] as const).flatMap((protocol) =>
  (['SSL', 'TLS'] as const).map((encryption) => ({ protocol, encryption })),
)
type Cell = (typeof CELLS)[number]

async function meet({ protocol, encryption }: Cell, flaw: CertificateFlaw) {
  const { startTls, ...script } = PROTOCOLS[protocol]
  const tls = { ...certificates[flaw], ...(encryption === 'TLS' ? { startTls } : {}) }
  const result = { problems: [''], heard: '', trusted: false }
  await withScript({ ...script, tls }, async (server) => {
    const endpoint = { host: 'localhost', port: server.port, encryption }
    const request = diagnosisRequest(
      protocol === 'SMTP'
        ? { outgoing: endpoint, outgoingCredentials: CREDENTIALS }
        : { incoming: { ...endpoint, protocol }, incomingCredentials: CREDENTIALS },
    )
    const report = await diagnose(request, { extraCa: [certificates.caPem] })
    await server.deserted()
    const side = protocol === 'SMTP' ? report.outgoing : report.incoming
    result.problems = problemsOf(side)
    result.trusted = side.certificate?.trusted ?? false
    result.heard = server.heard()
  })
  return result
}

describe.each(CELLS)('$protocol with $encryption', (cell) => {
  it('signs in where the certificate is good', async () => {
    const { problems, heard, trusted } = await meet(cell, 'good')
    expect(problems).toEqual([])
    expect(trusted).toBe(true)
    expect(heard).toMatch(/AUTH|PASS/)
  })

  it.each([
    ['expired', 'TLS_CERTIFICATE_EXPIRED'],
    ['notYetValid', 'TLS_CERTIFICATE_NOT_YET_VALID'],
    ['wrongName', 'TLS_CERTIFICATE_WRONG_NAME'],
    ['selfSigned', 'TLS_CERTIFICATE_SELF_SIGNED'],
    ['unknownCa', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['weakKey', 'TLS_CERTIFICATE_WEAK'],
    ['sha1', 'TLS_CERTIFICATE_WEAK'],
  ] as const)('says no word to one that is %s', async (flaw, problem) => {
    const { problems, heard, trusted } = await meet(cell, flaw)
    // With STARTTLS what came before it, and nothing after; with SSL nothing at all.
    expect(heard).toMatch(cell.encryption === 'SSL' ? /^$/ : /(STARTTLS|STLS)\r\n$/)
    expect(trusted).toBe(false)
    expect(problems).toEqual([`TLS ${problem}`])
  })
})
