import type { DiagnosisProblem } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import { authMethodFor, guessSettings, type Probes } from './guess-source.js'

/** Mail servers at the given "mode host:port"s; a problem in place of an answer where one is named. */
function world(servers: Readonly<Record<string, DiagnosisProblem | readonly string[]>>): Probes {
  return {
    probe: ({ encryption, host, port }) => {
      const found = servers[`${encryption} ${host}:${port}`] ?? 'CONNECT_REFUSED'
      return Promise.resolve(
        typeof found === 'string'
          ? { isReached: false, problem: found, authMethods: [] }
          : { isReached: true, problem: null, authMethods: found },
      )
    },
  }
}

describe('guessing', () => {
  it('takes what answers, encrypted before clear, whatever its name', async () => {
    const servers = {
      'NONE smtp.example.jp:25': [],
      'TLS mail.example.jp:587': ['LOGIN', 'PLAIN'],
      'NONE imap.example.jp:143': [],
      'SSL mail.example.jp:993': [],
      'NONE pop.example.jp:110': [],
    }
    const found = await guessSettings('example.jp', world(servers))
    expect(found).toMatchObject([
      {
        source: 'GUESS',
        outgoing: { host: 'mail.example.jp', port: 587, encryption: 'TLS', authMethod: 'PLAIN' },
        incoming: { protocol: 'IMAP4', host: 'mail.example.jp', port: 993, encryption: 'SSL' },
      },
      { incoming: { protocol: 'POP3', host: 'pop.example.jp', encryption: 'NONE' } },
    ])
  })

  it('takes a server whose certificate needs trusting before one in clear text, and says so', async () => {
    const servers = {
      'SSL mail.example.jp:465': 'TLS_CERTIFICATE_SELF_SIGNED',
      'NONE mail.example.jp:25': [],
      'SSL mail.example.jp:993': [],
    } as const
    const [found] = await guessSettings('example.jp', world(servers))
    expect(found?.outgoing.port).toBe(465)
    expect(found?.outgoingReach).toEqual({
      isReached: false,
      problem: 'TLS_CERTIFICATE_SELF_SIGNED',
    })
  })

  it('proposes nothing where a side does not answer', async () => {
    expect(await guessSettings('example.jp', world({ 'SSL mail.example.jp:993': [] }))).toEqual([])
    expect(await guessSettings('example.jp', world({ 'SSL mail.example.jp:465': [] }))).toEqual([])
  })
})

it('asks for the usual one of the methods offered, and for none where none is', () => {
  expect(authMethodFor(['login', 'plain'])).toBe('PLAIN')
  expect(authMethodFor(['CRAM-MD5'])).toBe('CRAM_MD5')
  expect(authMethodFor(['GSSAPI'])).toBe('NONE')
  expect(authMethodFor([])).toBe('NONE')
})
