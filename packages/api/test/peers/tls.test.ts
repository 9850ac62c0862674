import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TlsOptions } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolveHost } from '../../src/transport/resolve-host.js'
import { handshake } from '../../src/transport/secure-socket.js'
import { createAuthority, type TestAuthority } from '../support/mail-servers/certificates.js'

let folder: string
let authority: TestAuthority
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-tls-'))
  authority = await createAuthority(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const { signal } = new AbortController()

/** What a server with such a certificate and options is judged to be, and the name that it was asked for. */
async function judge(host: string, sans: string, options: TlsOptions = {}) {
  const { cert, key } = await authority.issue(`server-${sans.replaceAll(/\W/g, '-')}`, sans)
  // Called during the handshake, and only where a name is asked for.
  let asked: string | undefined
  const SNICallback: TlsOptions['SNICallback'] = (name, done) => {
    asked = name
    done(null)
  }
  const server = createServer({ cert, key, SNICallback, ...options }, (socket) => {
    socket.on('error', () => undefined).resume()
  })
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const plain = connect(typeof address === 'object' && address !== null ? address.port : 0)
  await once(plain, 'connect')
  const resolved = await resolveHost(host, () => Promise.resolve([{ address: '127.0.0.1' }]))
  try {
    const result = await handshake(plain, resolved, { extraCa: [authority.caPem] }, signal)
    const protocol = result.socket.getProtocol()
    result.socket.destroy()
    return { problem: result.problem, protocol, asked }
  } catch (error) {
    return { problem: error instanceof Error && 'problem' in error ? error.problem : error }
  } finally {
    plain.destroy()
    server.close()
  }
}

describe('the name that was typed decides (RFC 9525)', () => {
  it.each([
    ['mail.example.jp', 'DNS:mail.example.jp', undefined],
    ['MAIL.Example.JP', 'DNS:mail.example.jp', undefined],
    ['mail.example.jp.', 'DNS:mail.example.jp', undefined],
    ['メール.example', 'DNS:xn--4dkua4c.example', undefined],
    ['mail.example.jp', 'DNS:*.example.jp', undefined],
    ['a.mail.example.jp', 'DNS:*.example.jp', 'TLS_CERTIFICATE_WRONG_NAME'],
    ['example.jp', 'DNS:*.example.jp', 'TLS_CERTIFICATE_WRONG_NAME'],
    ['mail.example.jp', 'DNS:mail.example.com', 'TLS_CERTIFICATE_WRONG_NAME'],
    ['127.0.0.1', 'IP:127.0.0.1', undefined],
    ['127.0.0.1', 'DNS:127.0.0.1', 'TLS_CERTIFICATE_WRONG_NAME'],
  ])('%s with a certificate for %s', async (host, sans, problem) => {
    expect((await judge(host, sans)).problem).toBe(problem)
  })

  it('is the name that the server is asked for, and an address is none', async () => {
    expect((await judge('Mail.Example.JP.', 'DNS:mail.example.jp')).asked).toBe('mail.example.jp')
    expect((await judge('127.0.0.1', 'IP:127.0.0.1')).asked).toBeUndefined()
  })
})

describe('the version of TLS', () => {
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const

  it.each(['TLSv1', 'TLSv1.1'] as const)('%s is too old, and is named so', async (maxVersion) => {
    const { problem } = await judge('mail.test', 'DNS:mail.test', { ...old, maxVersion })
    expect(problem).toBe('TLS_VERSION_TOO_OLD')
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is taken', async (maxVersion) => {
    const taken = await judge('mail.test', 'DNS:mail.test', { ...old, maxVersion })
    expect(taken).toMatchObject({ problem: undefined, protocol: maxVersion })
  })
})
