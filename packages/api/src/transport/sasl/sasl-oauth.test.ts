import { describe, expect, it } from 'vitest'
import { createOauthBearer, createXoauth2 } from './sasl-oauth.js'

const encode = (text: string) => Buffer.from(text).toString('base64')
const decode = (text: string | undefined) => Buffer.from(text ?? '', 'base64').toString('utf8')
const alice = { username: 'alice@mail.test', password: 'ya29.token-4711' }

describe('the first message', () => {
  it('of XOAUTH2 is name and token between %x01', () => {
    expect(decode(createXoauth2(alice).initialResponse)).toBe(
      'user=alice@mail.test\x01auth=Bearer ya29.token-4711\x01\x01',
    )
  })

  it('of OAUTHBEARER begins with the header of RFC 5801, its name escaped', () => {
    const client = createOauthBearer({ ...alice, username: 'a,b=c' })
    expect(decode(client.initialResponse)).toBe(
      'n,a=a=2Cb=3Dc,\x01auth=Bearer ya29.token-4711\x01\x01',
    )
  })

  it.each(['', 'two words', 'tok\x01en', 'tökén', 'a\r\nb'])('refuses the token %j', (password) => {
    for (const create of [createXoauth2, createOauthBearer]) {
      expect(() => create({ ...alice, password })).toThrow(
        expect.objectContaining({ problem: 'OAUTH_TOKEN_REJECTED' }),
      )
    }
  })
})

describe('an error in a challenge', () => {
  it.each([
    ['XOAUTH2', createXoauth2, ''],
    ['OAUTHBEARER', createOauthBearer, 'AQ=='],
  ] as const)('is answered by %s so that the refusal comes', (_name, create, dummy) => {
    const client = create(alice)
    const error = encode('{"status":"invalid_token","scope":"mail","schemes":"bearer"}')
    expect(client.respond(error)).toBe(dummy)
    expect(client.complaint).toBe('status invalid_token')
    expect(() => client.assertProven?.()).toThrow()
    expect(() => client.respond(error)).toThrow()
  })

  it.each(['<html>', '', encode('null'), encode('[1]'), encode('{"status":{}}'), encode('{')])(
    'that is none, %j, tells nothing',
    (challenge) => {
      const client = createXoauth2(alice)
      expect(client.respond(challenge)).toBe('')
      expect(client.complaint).toBe('')
    },
  )

  it('is cut', () => {
    const client = createXoauth2(alice)
    client.respond(encode(JSON.stringify({ status: 'x'.repeat(2_000) })))
    expect(client.complaint?.length).toBeLessThan(300)
  })
})
