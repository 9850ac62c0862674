import { describe, expect, it } from 'vitest'
import type { IncomingAuthMethod } from '@mailroom/shared'
import { diagnose } from '../../src/diagnosis/diagnose.js'
import { diagnosisRequest, problemsOf, signInOf } from '../support/diagnosis-kit.js'
import { withScript } from '../support/scripted-dialogue.js'

/** Signing in to IMAP4 servers that real ones cannot be made to be. */
const SECRET = 'tell-nobody-4711'
const encode = (text: string) => Buffer.from(text).toString('base64')
const plain = encode(`\0alice\0${SECRET}`)
const xoauth2 = encode(`user=alice\x01auth=Bearer ${SECRET}\x01\x01`)
const oauthBearer = encode(`n,a=alice,\x01auth=Bearer ${SECRET}\x01\x01`)

/** What the server says to each line of the sign-in; "TAG" stands for the command's. */
async function meet(
  capabilities: string,
  replies: readonly string[],
  authMethod: IncomingAuthMethod = 'PASSWORD',
) {
  const left = [...replies]
  let tag = ''
  const answer = (line: string) => {
    const [first = '', command = ''] = line.split(' ')
    if (command === 'CAPABILITY') {
      return `* CAPABILITY IMAP4rev1 ${capabilities}\r\n${first} OK done\r\n`
    }
    if (command === 'EXAMINE') return `* 0 EXISTS\r\n${first} OK done\r\n`
    if (command === 'SEARCH' || command === 'LOGOUT') return `${first} OK done\r\n`
    if (/^A\d+$/.test(first)) tag = first
    return left.shift()?.replace('TAG', tag)
  }
  const result = { problems: [''], detail: '', report: '', said: [''] }
  await withScript({ greeting: '* OK hello\r\n', answer }, async (server) => {
    const request = diagnosisRequest({
      incoming: { port: server.port, authMethod, timeoutSeconds: 2 },
      incomingCredentials: { username: 'alice', password: SECRET },
    })
    const { incoming } = await diagnose(request)
    await server.deserted()
    result.problems = problemsOf(incoming)
    result.detail = signInOf(incoming).detail
    result.report = JSON.stringify(incoming)
    const lines = server.heard().split('\r\n').slice(0, -1)
    result.said = lines
      .map((line) => line.replace(/^A\d+ /, ''))
      .filter((line) => !/^(CAPABILITY|EXAMINE|SEARCH|LOGOUT)/.test(line))
  })
  return result
}

const OK = 'TAG OK welcome\r\n'

describe('a token', () => {
  it.each([
    ['AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR', [OK], [`AUTHENTICATE XOAUTH2 ${xoauth2}`]],
    ['AUTH=OAUTHBEARER SASL-IR', [OK], [`AUTHENTICATE OAUTHBEARER ${oauthBearer}`]],
    ['AUTH=XOAUTH2', ['+ \r\n', OK], ['AUTHENTICATE XOAUTH2', xoauth2]],
    ['AUTH=oauthbearer', ['+\r\n', OK], ['AUTHENTICATE OAUTHBEARER', oauthBearer]],
  ])('goes to a server with %s', async (capabilities, replies, lines) => {
    const { problems, said } = await meet(capabilities, replies, 'XOAUTH2')
    expect(problems).toEqual([])
    expect(said).toEqual(lines)
  })

  it.each([
    ['AUTH=XOAUTH2 SASL-IR', ''],
    ['AUTH=OAUTHBEARER SASL-IR', 'AQ=='],
  ])('that is refused by a challenge, %s, is answered to read why', async (capabilities, dummy) => {
    const error = `+ ${encode('{"status":"400","schemes":"Bearer"}')}\r\n`
    const refusal = 'TAG NO [AUTHENTICATIONFAILED] no\r\n'
    const { problems, detail, said } = await meet(capabilities, [error, refusal], 'XOAUTH2')
    expect(problems).toEqual(['AUTHENTICATE OAUTH_TOKEN_REJECTED'])
    expect(detail).toBe('NO [AUTHENTICATIONFAILED] no (status 400)')
    expect(said.slice(1)).toEqual([dummy])
  })

  it('is not sent where nothing takes one', async () => {
    const { problems, said } = await meet('AUTH=PLAIN SASL-IR', [OK], 'XOAUTH2')
    expect(problems).toEqual(['AUTHENTICATE AUTH_METHOD_NOT_OFFERED'])
    expect(said).toEqual([])
  })
})

describe('a password', () => {
  it.each([
    ['AUTH=PLAIN SASL-IR', [OK], [`AUTHENTICATE PLAIN ${plain}`]],
    ['AUTH=PLAIN LOGINDISABLED', ['+ \r\n', OK], ['AUTHENTICATE PLAIN', plain]],
    ['', [OK], [`LOGIN "alice" "${SECRET}"`]],
    ['AUTH=CRAM-MD5', [OK], [`LOGIN "alice" "${SECRET}"`]],
    [
      'AUTH=LOGIN LOGINDISABLED',
      [`+ ${encode('User:')}\r\n`, `+ ${encode('Pass:')}\r\n`, OK],
      ['AUTHENTICATE LOGIN', encode('alice'), encode(SECRET)],
    ],
  ])('goes to a server with "%s"', async (capabilities, replies, lines) => {
    const { problems, said } = await meet(capabilities, replies)
    expect(problems).toEqual([])
    expect(said).toEqual(lines)
  })

  it.each([
    ['LOGINDISABLED STARTTLS', 'AUTH_NEEDS_ENCRYPTION'],
    ['LOGINDISABLED', 'AUTH_NEEDS_ENCRYPTION'],
    ['LOGINDISABLED AUTH=XOAUTH2 AUTH=OAUTHBEARER', 'OAUTH_REQUIRED'],
  ])('is not sent to a server with %s', async (capabilities, problem) => {
    const { problems, said } = await meet(capabilities, [OK])
    expect(problems).toEqual([`AUTHENTICATE ${problem}`])
    expect(said).toEqual([])
  })

  it.each([
    [
      'AUTH=PLAIN',
      'NO [PRIVACYREQUIRED] Plaintext authentication disallowed',
      'AUTH_NEEDS_ENCRYPTION',
    ],
    ['AUTH=PLAIN', 'NO [UNAVAILABLE] later', 'AUTH_TEMPORARY'],
    [
      'AUTH=PLAIN',
      'NO [ALERT] Application-specific password required: https://x',
      'APP_PASSWORD_REQUIRED',
    ],
    ['AUTH=PLAIN', 'NO Basic authentication is disabled.', 'OAUTH_REQUIRED'],
    ['AUTH=PLAIN', 'NO [AUTHENTICATIONFAILED] no', 'AUTH_REJECTED'],
    ['AUTH=PLAIN', 'BAD what?', 'PROTOCOL_ERROR'],
    ['AUTH=XOAUTH2', 'NO LOGIN failed.', 'OAUTH_REQUIRED'],
  ])('at a server with %s refused by "%s" is told as %s', async (capabilities, said, problem) => {
    const { problems } = await meet(`${capabilities} SASL-IR`, [`TAG ${said}\r\n`])
    expect(problems).toEqual([`AUTHENTICATE ${problem}`])
  })
})

describe('a hostile server', () => {
  it.each([
    ['PASSWORD', 'AUTH=PLAIN'],
    ['XOAUTH2', 'AUTH=XOAUTH2'],
    ['PASSWORD', 'AUTH=LOGIN LOGINDISABLED'],
  ] as const)('that asks on and on hears no more: %s with %s', async (method, capabilities) => {
    const questions = Array.from({ length: 50 }, () => '+ eyJ9\r\n')
    const { problems, said } = await meet(capabilities, questions, method)
    expect(problems).toEqual(['AUTHENTICATE PROTOCOL_ERROR'])
    expect(said.at(-1)).toBe('*')
    expect(said.length).toBeLessThan(6)
  })

  it.each([
    ['PASSWORD', 'AUTH=PLAIN SASL-IR', plain],
    ['PASSWORD', '', `LOGIN "alice" "${SECRET}"`],
    ['XOAUTH2', 'AUTH=XOAUTH2 SASL-IR', xoauth2],
    ['XOAUTH2', 'AUTH=OAUTHBEARER SASL-IR', oauthBearer],
  ] as const)('that repeats the %s over "%s" shows no secret', async (method, offer, sent) => {
    const { problems, report } = await meet(
      offer,
      [`TAG NO you said ${sent} or ${sent.slice(0, -9)}\r\n`],
      method,
    )
    expect(problems).toHaveLength(1)
    expect(report).toContain('[redacted]')
    expect(report).not.toContain(SECRET.slice(0, 8))
    expect(report).not.toContain(sent.slice(0, -9))
  })
})
