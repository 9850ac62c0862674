import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createDigestMd5 } from './sasl-digest-md5.js'

const encode = (text: string | Buffer) => Buffer.from(text).toString('base64')
const decode = (text: string) => Buffer.from(text, 'base64')
const md5 = (text: string | Buffer) => createHash('md5').update(text)

/** The exchange of RFC 2831 section 4 (its IMAP example). */
const RFC = {
  credentials: { username: 'chris', password: 'secret' },
  options: { digestUri: 'imap/elwood.innosoft.com', cnonce: 'OA6MHXh6VqTrRk' },
  challenge:
    'realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8',
  proof: 'rspauth=ea40f60335c427b5527b84dbabcdfffd',
}
const CHALLENGE = 'nonce="n1",qop="auth",algorithm=md5-sess,charset=utf-8'
const client = (credentials = RFC.credentials) => createDigestMd5(credentials, RFC.options)
const answerTo = (challenge: string | Buffer, credentials = RFC.credentials) =>
  decode(client(credentials).respond(encode(challenge)))

describe('the exchange of RFC 2831', () => {
  it('answers, checks the proof, and ends with an empty line', () => {
    const exchange = client()
    expect(decode(exchange.respond(encode(RFC.challenge))).toString()).toBe(
      'charset=utf-8,username="chris",realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",' +
        'nc=00000001,cnonce="OA6MHXh6VqTrRk",digest-uri="imap/elwood.innosoft.com",' +
        'response=d388dad90d4bbd760a152321f2143af7,qop=auth',
    )
    expect(exchange.respond(encode(RFC.proof))).toBe('')
    expect(() => exchange.assertProven?.()).not.toThrow()
  })

  it.each([
    ['a wrong proof', [RFC.proof.replace('ea', 'ae')]],
    ['no proof', ['']],
    ['our own response as the proof', ['rspauth=d388dad90d4bbd760a152321f2143af7']],
    ['a second challenge instead', [RFC.challenge]],
    ['two proofs', [`${RFC.proof},${RFC.proof}`]],
    ['a challenge after the proof', [RFC.proof, RFC.challenge]],
  ])('takes %s for no proof of the server', (_what, replies) => {
    const exchange = client()
    exchange.respond(encode(RFC.challenge))
    expect(() => replies.map((reply) => exchange.respond(encode(reply)))).toThrow(
      expect.objectContaining({ problem: 'AUTH_SERVER_UNPROVEN' }),
    )
  })

  it('accepts no success without a proof', () => {
    const exchange = client()
    const refused = expect.objectContaining({ problem: 'AUTH_SERVER_UNPROVEN' }) as Error
    expect(() => exchange.assertProven?.()).toThrow(refused)
    exchange.respond(encode(RFC.challenge))
    expect(() => exchange.assertProven?.()).toThrow(refused)
  })
})

describe('a challenge that must not be answered', () => {
  it.each([
    ['empty', ''],
    ['no list of directives', 'hello world'],
    ['without a nonce', 'qop="auth",algorithm=md5-sess'],
    ['with an empty nonce', 'nonce="",qop="auth",algorithm=md5-sess'],
    ['with two nonces', 'nonce="a",nonce="b",algorithm=md5-sess'],
    ['with qop twice', 'nonce="a",qop="auth",qop="auth-conf",algorithm=md5-sess'],
    ['without an algorithm', 'nonce="a",qop="auth"'],
    ['of another algorithm', 'nonce="a",qop="auth",algorithm=md5'],
    ['of another charset', 'nonce="a",algorithm=md5-sess,charset=iso-8859-1'],
    ['with an open quote', 'nonce="a,algorithm=md5-sess'],
    ['of 2048 bytes', `nonce="${'n'.repeat(2_048 - 27)}",algorithm=md5-sess`],
    ['with a nonce of 64 kB', `nonce="${'n'.repeat(65_536)}",algorithm=md5-sess`],
  ])('%s', (_what, challenge) => {
    expect(() => answerTo(challenge)).toThrow(
      expect.objectContaining({ problem: 'PROTOCOL_ERROR' }),
    )
  })

  it('that is no base64', () => {
    expect(() => client().respond('<html>')).toThrow(
      expect.objectContaining({ problem: 'PROTOCOL_ERROR' }),
    )
  })

  it('that offers a security layer only', () => {
    const challenge = 'nonce="n1",qop="auth-int,auth-conf",algorithm=md5-sess'
    expect(() => answerTo(challenge)).toThrow(
      expect.objectContaining({ problem: 'AUTH_METHOD_NOT_OFFERED' }),
    )
  })
})

describe('H-11 what the servers write differently', () => {
  it.each([
    ['without qop, which means auth', 'nonce="n1",algorithm=md5-sess,charset=utf-8'],
    ['with auth among others', 'nonce="n1",qop="auth-conf, auth",algorithm=md5-sess,charset=utf-8'],
    ['quoted, as Dovecot', 'realm="",nonce="n1",qop="auth",charset="utf-8",algorithm="md5-sess"'],
    [
      'with white space and empty elements',
      ' , nonce = "n1" ,, algorithm=MD5-sess,\r\n charset=utf-8,',
    ],
    [
      'with stale and unknown directives',
      `${CHALLENGE},stale=true,maxbuf=65536,x="y",cipher="3des"`,
    ],
  ])('%s', (_what, challenge) => {
    expect(answerTo(challenge).toString()).toContain('nonce="n1"')
  })

  it.each([
    ['the domain of the user', 'alice@b.test', 'b.test'],
    ['the first otherwise', 'alice', 'a.test'],
  ])('takes %s where several realms are offered', (_what, username, realm) => {
    const challenge = `realm="a.test",realm="b.test",${CHALLENGE}`
    const answer = answerTo(challenge, { username, password: 'x' }).toString()
    expect(answer).toContain(`realm="${realm}"`)
  })
})

/** The response as RFC 2831 section 2.1.2.1 has it, from bytes that the test chose. */
function responseOf(name: Buffer, realm: string, password: Buffer, nonce = 'n1') {
  const secret = md5(Buffer.concat([name, Buffer.from(`:${realm}:`), password])).digest()
  const a1 = Buffer.concat([secret, Buffer.from(`:${nonce}:${RFC.options.cnonce}`)])
  const a2 = md5(`AUTHENTICATE:${RFC.options.digestUri}`).digest('hex')
  const keyed = `${md5(a1).digest('hex')}:${nonce}:00000001:${RFC.options.cnonce}:auth:${a2}`
  return `response=${md5(keyed).digest('hex')}`
}

describe('H-11 quotes and charsets', () => {
  it('escapes on the wire and not in the hash', () => {
    const name = 'a"l\\ice'
    const answer = answerTo(`realm="a\\"b, \\\\c",${CHALLENGE}`, { username: name, password: 'p' })
    expect(answer.toString()).toContain('username="a\\"l\\\\ice",realm="a\\"b, \\\\c"')
    expect(answer.toString()).toContain(responseOf(Buffer.from(name), 'a"b, \\c', Buffer.from('p')))
  })

  it('hashes UTF-8 first, and ISO 8859-1 once where the password fits', () => {
    const credentials = { username: 'alice', password: 'pässwörd' }
    const exchange = client(credentials)
    const first = decode(exchange.respond(encode(CHALLENGE))).toString()
    expect(first).toContain(responseOf(Buffer.from('alice'), '', Buffer.from('pässwörd')))
    const second = exchange.alternative?.()
    const answer = decode(second?.respond(encode(CHALLENGE)) ?? '').toString()
    expect(answer).toContain(
      responseOf(Buffer.from('alice'), '', Buffer.from('pässwörd', 'latin1')),
    )
    expect(answer).toContain('charset=utf-8')
    expect(second?.alternative).toBeUndefined()
  })

  it.each(['secret', '日本語', 'pässwörd-€'])('has one way to hash %s', (password) => {
    const exchange = client({ username: 'alice', password })
    exchange.respond(encode(CHALLENGE))
    expect(exchange.alternative).toBeUndefined()
  })

  it('sends ISO 8859-1 where the server names no charset', () => {
    const challenge = 'nonce="n1",algorithm=md5-sess'
    const answer = answerTo(challenge, { username: 'älice', password: 'pässwörd' })
    const [name, password] = [Buffer.from('älice', 'latin1'), Buffer.from('pässwörd', 'latin1')]
    expect(answer.includes(Buffer.concat([Buffer.from('username="'), name]))).toBe(true)
    expect(answer.toString('latin1')).toContain(responseOf(name, '', password))
    expect(answer.toString('latin1')).not.toContain('charset')
  })
})
