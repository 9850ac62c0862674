import { DiagnosisDepth, type EncryptionMode, type MailProtocol } from '@mailroom/shared'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { diagnose, type DiagnosisReport } from '../../src/diagnosis/diagnose.js'
import type { DiagnosisTest } from '../../src/diagnosis/diagnosis-report.js'
import { diagnosisRequest } from '../support/diagnosis-kit.js'
import {
  startMailServers,
  type MailServersFixture,
} from '../support/mail-servers/start-mail-servers.js'

let servers: MailServersFixture
beforeAll(async () => {
  servers = await startMailServers()
})
afterAll(() => servers.stop())

type Outgoing = NonNullable<Parameters<typeof diagnosisRequest>[0]['outgoing']>
const ADDRESS = 'alice@mail.test'

async function run(
  test: DiagnosisTest,
  outgoing: Outgoing,
  protocol: MailProtocol = 'IMAP4',
): Promise<DiagnosisReport> {
  const credentials = { username: 'alice', password: servers.users.alice.password }
  const incomingPort = protocol === 'IMAP4' ? servers.ports.imaps : servers.ports.pop3s
  const request = diagnosisRequest({
    outgoing: { host: servers.host, ...outgoing },
    incoming: { host: servers.host, port: incomingPort, encryption: 'SSL', protocol },
    outgoingCredentials: outgoing.authMethod === 'NONE' ? undefined : credentials,
    incomingCredentials: credentials,
  })
  return diagnose({ ...request, test }, { extraCa: [servers.caPem] })
}

const outcomes = (report: DiagnosisReport) =>
  report.steps
    .filter(({ kind }) => ['ENVELOPE', 'SEND', 'RECEIVE'].includes(kind))
    .map(({ kind, outcome, problem }) => (problem === null ? [kind, outcome] : [kind, problem]))
const messages = (report: DiagnosisReport) =>
  report.incoming.steps.find(({ kind }) => kind === 'MAILBOX')?.detail

describe('a message to oneself', () => {
  it.each(['IMAP4', 'POP3'] as const)(
    'comes back by %s and leaves nothing behind',
    async (protocol) => {
      const test = { depth: DiagnosisDepth.ROUND_TRIP, address: ADDRESS }
      const settings = { port: servers.ports.smtps, encryption: 'SSL' as EncryptionMode }
      const withoutMail = { ...test, depth: DiagnosisDepth.ENVELOPE }
      // Beside a round trip: its own message may be there before its mailbox is looked at.
      const before = await run(withoutMail, settings, protocol)
      expect(outcomes(await run(test, settings, protocol))).toEqual([
        ['ENVELOPE', 'OK'],
        ['SEND', 'OK'],
        ['RECEIVE', 'OK'],
      ])
      const after = await run(withoutMail, settings, protocol)
      expect(outcomes(after)).toEqual([['ENVELOPE', 'OK']])
      expect(messages(after)).toBe(messages(before))
    },
  )

  it('is not waited for where it could not be sent', async () => {
    const report = await run(
      { depth: DiagnosisDepth.ROUND_TRIP, address: 'nobody@elsewhere.test' },
      { port: servers.ports.smtp, encryption: 'NONE', authMethod: 'NONE' },
    )
    expect(outcomes(report)).toEqual([
      ['ENVELOPE', 'AUTH_NEEDED'],
      ['SEND', 'SKIPPED'],
      ['RECEIVE', 'SKIPPED'],
    ])
    const step = report.outgoing.steps.find(({ kind }) => kind === 'ENVELOPE')
    expect(step?.suggestion).toMatchObject({ path: 'outgoing.authMethod', value: 'PLAIN' })
  })
})

describe('POP before SMTP', () => {
  beforeEach(() => servers.forgetPopSignIns())
  const test = { depth: DiagnosisDepth.ENVELOPE, address: 'alice@elsewhere.test' } as const
  const settings = (popBeforeSmtp: boolean): Outgoing => ({
    ...{ port: servers.ports.smtpAfterPop, encryption: 'NONE', authMethod: 'NONE', popBeforeSmtp },
  })

  it('is missed where it is not chosen, and suggested', async () => {
    const report = await run(test, settings(false), 'IMAP4')
    expect(outcomes(report)).toEqual([['ENVELOPE', 'POP_BEFORE_SMTP_NEEDED']])
    const step = report.outgoing.steps.find(({ kind }) => kind === 'ENVELOPE')
    expect(step?.suggestion).toEqual({ path: 'outgoing.popBeforeSmtp', value: 'true', also: [] })
  })

  it('lets mail through where it is chosen', async () => {
    expect(outcomes(await run(test, settings(true), 'POP3'))).toEqual([['ENVELOPE', 'OK']])
  })
})
