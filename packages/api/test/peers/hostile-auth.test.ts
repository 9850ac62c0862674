import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SmtpAuthMethod } from '@mailroom/shared'
import { diagnose } from '../../src/diagnosis/diagnose.js'
import { diagnosisRequest, problemsOf, signInOf } from '../support/diagnosis-kit.js'
import {
  createFlawedCertificates,
  type FlawedCertificates,
} from '../support/mail-servers/flawed-certificates.js'
import { withScript, type Script } from '../support/scripted-dialogue.js'

/** Servers that lie, ask too much or say too much while somebody signs in. */
const SECRET = 'tell-nobody-4711'
const encode = (text: string) => Buffer.from(text).toString('base64')
const md5 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

type Answer = (line: string, isSecured: boolean) => string | undefined

interface Meeting {
  method?: SmtpAuthMethod
  password?: string
  encryption?: 'NONE' | 'TLS'
  tls?: Script['tls']
}

/** How a diagnosis of SMTP ends at a server that offers `offer` and answers AUTH and what follows. */
async function meetSmtp(offer: string, answer: Answer, meeting: Meeting = {}) {
  const { method = 'PLAIN', password = SECRET, encryption = 'NONE', tls } = meeting
  const script: Script = {
    greeting: '220 hello\r\n',
    answer: (line, isSecured) => {
      const own = answer(line, isSecured)
      return line.startsWith('EHLO') && own === undefined ? `250-hello\r\n250 ${offer}\r\n` : own
    },
    ...(tls === undefined ? {} : { tls }),
  }
  const result = { problems: [''], detail: '', report: '', auths: [''], said: '' }
  await withScript(script, async (server) => {
    const request = diagnosisRequest({
      outgoing: {
        ...{ host: 'localhost', port: server.port, encryption, timeoutSeconds: 2 },
        authMethod: method,
      },
      outgoingCredentials: { username: 'alice', password },
    })
    const { outgoing } = await diagnose(request, { extraCa: [certificates.caPem] })
    await server.deserted()
    result.problems = problemsOf(outgoing)
    result.detail = signInOf(outgoing).detail
    result.report = JSON.stringify(outgoing)
    const lines = server
      .heard()
      .split('\r\n')
      .filter((line) => !/^(EHLO|QUIT|STARTTLS|$)/.test(line))
    result.auths = lines.filter((line) => line.startsWith('AUTH'))
    result.said = lines.join('|')
  })
  return result
}

let certificates: FlawedCertificates

beforeAll(async () => {
  certificates = await createFlawedCertificates()
})

describe('H-8 a list of mechanisms that changes with STARTTLS', () => {
  const answer =
    (before: string, after: string): Answer =>
    (line, isSecured) => {
      if (line.startsWith('EHLO')) {
        return `250-hello\r\n250-STARTTLS\r\n250 ${isSecured ? after : before}\r\n`
      }
      return line === 'STARTTLS' ? '220 ok\r\n' : '235 welcome\r\n'
    }
  const meet = (before: string, after: string) => {
    const tls = { ...certificates.good, startTls: /^STARTTLS$/ }
    return meetSmtp('', answer(before, after), { encryption: 'TLS', tls })
  }

  it('counts as it is after it', async () => {
    expect((await meet('SIZE', 'AUTH PLAIN')).problems).toEqual([])
    const other = await meet('AUTH PLAIN', 'AUTH LOGIN')
    expect(other.problems).toEqual(['AUTHENTICATE AUTH_METHOD_NOT_OFFERED'])
    expect(other.detail).toBe('LOGIN')
    expect(other.said).toBe('')
  })
})

describe('H-9 LOGIN', () => {
  it.each(['334 <html>Name?</html>', '334', '334 ####', `334 ${encode('パスワード:')}`])(
    'takes %j for a prompt',
    async (prompt) => {
      let step = 0
      const steps = [`${prompt}\r\n`, `${prompt}\r\n`, '235 welcome\r\n']
      const { problems, said } = await meetSmtp(
        'AUTH LOGIN',
        (line) => (line.startsWith('EHLO') ? undefined : steps[step++]),
        { method: 'LOGIN' },
      )
      expect(problems).toEqual([])
      expect(said).toBe(`AUTH LOGIN|${encode('alice')}|${encode(SECRET)}`)
    },
  )

  it('answers no third prompt', async () => {
    const { problems, said } = await meetSmtp(
      'AUTH LOGIN',
      (line) => (line.startsWith('EHLO') ? undefined : '334 UGFzc3dvcmQ6\r\n'),
      { method: 'LOGIN' },
    )
    expect(problems).toEqual(['AUTHENTICATE PROTOCOL_ERROR'])
    expect(said).toBe(`AUTH LOGIN|${encode('alice')}|${encode(SECRET)}|*`)
  })
})

describe('H-10 CRAM-MD5', () => {
  const meet = (challenge: string) =>
    meetSmtp(
      'AUTH CRAM-MD5',
      (line) => (line.startsWith('EHLO') ? undefined : `334 ${challenge}\r\n`),
      { method: 'CRAM_MD5' },
    )

  it.each([
    ['empty', ''],
    ['no base64', '<1.2@mail.test>'],
    ['not ASCII', encode('<1.2@mäil.test>')],
    ['without angle brackets', encode('1.2@mail.test')],
    ['with a line end', encode('<1.2@mail.test>\n')],
    ['of 60 kB', encode(`<${'1'.repeat(45_000)}@mail.test>`)],
  ])('answers no challenge that is %s', async (_what, challenge) => {
    const { problems, said } = await meet(challenge)
    expect(problems).toEqual(['AUTHENTICATE PROTOCOL_ERROR'])
    expect(said).toBe('AUTH CRAM-MD5|*')
  })

  it('reads no challenge of a megabyte', async () => {
    const { problems, said } = await meet('A'.repeat(1_000_000))
    expect(problems).toEqual(['AUTHENTICATE PROTOCOL_ERROR'])
    expect(said).toBe('AUTH CRAM-MD5')
  })

  it('answers one challenge, not two', async () => {
    const { problems, said } = await meet(encode('<1.2@mail.test>'))
    expect(problems).toEqual(['AUTHENTICATE PROTOCOL_ERROR'])
    expect(said.split('|')).toEqual(['AUTH CRAM-MD5', expect.any(String), '*'])
  })
})

describe('H-11 DIGEST-MD5', () => {
  const CHALLENGE = 'nonce="n1",qop="auth",algorithm=md5-sess,charset=utf-8'

  /** Replies to AUTH, to our answer, and to what follows it. */
  const meet = (replies: readonly string[], password = SECRET) => {
    let step = 0
    return meetSmtp(
      'AUTH DIGEST-MD5',
      (line) => {
        if (line.startsWith('EHLO')) return undefined
        if (line.startsWith('AUTH')) step = 0
        return replies[step++]
      },
      { method: 'DIGEST_MD5', password },
    )
  }
  const challenge = `334 ${encode(CHALLENGE)}\r\n`

  it.each([
    ['that proves nothing', [challenge, '235 welcome\r\n']],
    ['at once, without a challenge', ['235 welcome\r\n']],
    [
      'with a wrong proof',
      [challenge, `334 ${encode(`rspauth=${'0'.repeat(32)}`)}\r\n`, '235 ok\r\n'],
    ],
    ['with an empty proof', [challenge, '334 \r\n', '235 ok\r\n']],
  ])('is no success %s', async (_what, replies) => {
    expect((await meet(replies)).problems).toEqual(['AUTHENTICATE AUTH_SERVER_UNPROVEN'])
  })

  it.each([
    ['without a nonce', 'qop="auth",algorithm=md5-sess', 'PROTOCOL_ERROR'],
    ['with two', `${CHALLENGE},nonce="n2"`, 'PROTOCOL_ERROR'],
    ['with a nonce of 40 kB', `nonce="${'n'.repeat(40_000)}",algorithm=md5-sess`, 'PROTOCOL_ERROR'],
    ['of another algorithm', 'nonce="n1",algorithm=md5', 'PROTOCOL_ERROR'],
    [
      'that wants encryption of its own',
      'nonce="n1",qop="auth-conf",algorithm=md5-sess',
      'AUTH_METHOD_NOT_OFFERED',
    ],
  ])('answers no challenge %s', async (_what, text, problem) => {
    const { problems, said } = await meet([`334 ${encode(text)}\r\n`, '235 welcome\r\n'])
    expect(problems).toEqual([`AUTHENTICATE ${problem}`])
    expect(said).toBe('AUTH DIGEST-MD5|*')
  })

  it.each([
    ['secret', 1],
    ['日本語', 1],
    ['pässwörd', 2],
  ])('tries a wrong %s no more often than %i times', async (password, times) => {
    const { problems, auths } = await meet([challenge, '535 no\r\n'], password)
    expect(problems).toEqual(['AUTHENTICATE AUTH_REJECTED'])
    expect(auths).toHaveLength(times)
  })

  it('signs in where the server hashes ISO 8859-1, as the RFC has it', async () => {
    const answer: Answer = (line) => {
      if (line.startsWith('EHLO')) return undefined
      if (line.startsWith('AUTH')) return challenge
      if (line === '') return '235 welcome\r\n'
      const text = Buffer.from(line, 'base64').toString()
      const cnonce = /cnonce="([^"]*)"/.exec(text)?.[1] ?? ''
      const secret = md5('alice::', Buffer.from('pässwörd', 'latin1'))
      const a1 = md5(secret, `:n1:${cnonce}`).toString('hex')
      const prove = (a2: string) => {
        const hashed = md5(`${a2}:smtp/localhost`).toString('hex')
        return md5(`${a1}:n1:00000001:${cnonce}:auth:${hashed}`).toString('hex')
      }
      if (!text.includes(`response=${prove('AUTHENTICATE')}`)) return '535 no\r\n'
      return `334 ${encode(`rspauth=${prove('')}`)}\r\n`
    }
    const meeting = { method: 'DIGEST_MD5', password: 'pässwörd' } as const
    const { problems, auths } = await meetSmtp('AUTH DIGEST-MD5', answer, meeting)
    expect(problems).toEqual([])
    expect(auths).toHaveLength(2)
  })
})

describe('an OAuth error', () => {
  const error = `334 ${encode('{"status":"invalid_token"}')}\r\n`
  const meet = (mechanism: string, afterwards: string) =>
    meetSmtp(
      `AUTH ${mechanism}`,
      (line) => {
        if (line.startsWith('EHLO')) return undefined
        return line.startsWith('AUTH') ? error : afterwards
      },
      { method: 'XOAUTH2' },
    )

  it.each([
    ['XOAUTH2', ''],
    ['OAUTHBEARER', 'AQ=='],
  ])('is answered over %s, and what follows it read', async (mechanism, dummy) => {
    const { problems, detail, said } = await meet(mechanism, '535 5.7.8 no\r\n')
    expect(problems).toEqual(['AUTHENTICATE OAUTH_TOKEN_REJECTED'])
    expect(detail).toBe('535 5.7.8 no (status invalid_token)')
    if (dummy !== '') expect(said.endsWith(`|${dummy}`)).toBe(true)
  })

  it('is not made good by a success', async () => {
    expect((await meet('XOAUTH2', '235 welcome\r\n')).problems).toEqual([
      'AUTHENTICATE PROTOCOL_ERROR',
    ])
  })

  it('is answered once', async () => {
    expect((await meet('XOAUTH2', error)).problems).toEqual(['AUTHENTICATE PROTOCOL_ERROR'])
  })
})

describe('a refusal', () => {
  it.each([
    ['530 5.7.0 Must issue a STARTTLS command first', 'AUTH_NEEDS_ENCRYPTION'],
    [
      '538 5.7.11 Encryption required for requested authentication mechanism',
      'AUTH_NEEDS_ENCRYPTION',
    ],
    ['554 5.7.3 encryption required', 'AUTH_NEEDS_ENCRYPTION'],
    ['454 4.7.0 Temporary authentication failure', 'AUTH_TEMPORARY'],
    ['504 5.5.4 Unrecognized authentication type', 'AUTH_METHOD_NOT_OFFERED'],
    ['534 5.7.9 Authentication mechanism is too weak', 'AUTH_METHOD_NOT_OFFERED'],
    ['534 5.7.9 Application-specific password required.', 'APP_PASSWORD_REQUIRED'],
    [
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
      'OAUTH_REQUIRED',
    ],
    ['535 5.7.8 no', 'AUTH_REJECTED'],
    ['334 UGFzc3dvcmQ6', 'PROTOCOL_ERROR'],
  ])('"%s" is told as %s', async (reply, problem) => {
    const { problems } = await meetSmtp('AUTH PLAIN', (line) =>
      line.startsWith('EHLO') ? undefined : `${reply}\r\n`,
    )
    expect(problems).toEqual([`AUTHENTICATE ${problem}`])
  })

  it.each([
    ['PLAIN', 'PLAIN'],
    ['LOGIN', 'LOGIN'],
    ['CRAM_MD5', 'CRAM-MD5'],
    ['DIGEST_MD5', 'DIGEST-MD5'],
    ['XOAUTH2', 'XOAUTH2'],
  ] as const)('that repeats all it heard over %s shows no secret', async (method, mechanism) => {
    const challenges: Record<string, string> = {
      'CRAM-MD5': encode('<1.2@mail.test>'),
      'DIGEST-MD5': encode('nonce="n1",qop="auth",algorithm=md5-sess,charset=utf-8'),
    }
    let heard: string[] = []
    const answer: Answer = (line) => {
      if (line.startsWith('EHLO')) return undefined
      if (line.startsWith('AUTH')) heard = []
      heard.push(line.replace(/^AUTH \S+ ?/, ''))
      const isWhole = heard.length === (mechanism === 'LOGIN' ? 3 : 2) || /^AUTH \S+ \S/.test(line)
      if (!isWhole) return `334 ${challenges[mechanism] ?? ''}\r\n`
      const decoded = Buffer.from(heard.at(-1) ?? '', 'base64').toString('latin1')
      const clear = decoded.replace(/[^\x20-\x7e]/g, ' ')
      const cut = (heard.at(-1) ?? '').slice(0, 40)
      return `535-you said ${heard.join(' ')}\r\n535-that is ${clear}\r\n535 or ${cut}\r\n`
    }
    const { problems, report, said } = await meetSmtp(`AUTH ${mechanism}`, answer, { method })
    expect(problems[0]).toMatch(/AUTHENTICATE (AUTH|OAUTH_TOKEN)_REJECTED/)
    expect(said).toContain(`AUTH ${mechanism}`)
    expect(report).toContain('[redacted]')
    const sent = said.split(/[| ]/).filter((word) => word.length > 20)
    for (const word of sent) expect(report).not.toContain(word.slice(0, 20))
    expect(report).not.toContain(SECRET)
    expect(report).not.toMatch(/[0-9a-f]{32}(?![0-9a-f])/)
  })
})
