import { EncryptionMode, isHost } from '@mailroom/shared'
import type { SrvRecord } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { baseDomains } from './autoconfig-source.js'
import type { Names } from './outside.js'
import { presetsForDomain, presetsForMx } from './preset-source.js'
import { PRESETS } from './presets.js'
import { askSrv, bestTarget } from './srv-source.js'

describe('our own list', () => {
  it('knows a domain, one below a wildcard, and no stranger that looks like it', () => {
    expect(presetsForDomain('gmail.com').map(({ incoming }) => incoming.protocol)).toEqual([
      'IMAP4',
      'POP3',
    ])
    expect(presetsForDomain('mtb.biglobe.ne.jp')[0]?.providerName).toBe('BIGLOBE')
    expect(presetsForDomain('notgmail.com')).toEqual([])
    expect(presetsForDomain('gmail.com.example')).toEqual([])
  })

  it('knows by where mail is delivered who sends and receives it', () => {
    const [google] = presetsForMx('example.jp', ['aspmx.l.google.com'])
    expect(google).toMatchObject({ source: 'MX', outgoing: { host: 'smtp.gmail.com' } })
    const [microsoft] = presetsForMx('example.jp', ['example-jp.mail.protection.outlook.com'])
    expect(microsoft?.notes).toEqual(['OAUTH_REQUIRED'])
    expect(presetsForMx('example.jp', ['mx.evilgoogle.com'])).toEqual([])
  })

  it('fills in the server where each contract has one of its own', () => {
    expect(presetsForMx('example.jp', ['sv123.xserver.jp'])[0]).toMatchObject({
      outgoing: { host: 'sv123.xserver.jp', port: 465 },
      incoming: { host: 'sv123.xserver.jp', port: 993 },
    })
    expect(presetsForDomain('taro.sakura.ne.jp')[0]?.incoming.host).toBe('taro.sakura.ne.jp')
  })

  it('has usable hosts, encrypted on both sides, and no domain twice', () => {
    const domains = PRESETS.flatMap((preset) => preset.domains)
    expect(new Set(domains).size).toBe(domains.length)
    for (const { name, outgoing, incoming } of PRESETS) {
      for (const { host, encryption } of [outgoing, ...incoming]) {
        const filled = host.replace(/%\w+%/, 'example.jp')
        expect([name, host, isHost(filled)]).toEqual([name, host, true])
        expect([name, encryption]).not.toEqual([name, 'NONE'])
      }
    }
  })
})

describe('SRV records', () => {
  const record = (name: string, port: number, priority = 0, weight = 0): SrvRecord => ({
    name,
    port,
    priority,
    weight,
  })
  const dns = (records: Record<string, SrvRecord[]>): Names => ({
    mx: () => Promise.resolve([]),
    srv: (name) => Promise.resolve(records[name] ?? []),
  })
  const signal = new AbortController().signal

  it('are taken by priority, then by weight', () => {
    const records = [record('c.example', 3, 10, 99), record('a.example', 1, 5, 1)]
    expect(bestTarget([...records, record('b.example.', 2, 5, 9)], EncryptionMode.SSL)).toEqual({
      host: 'b.example',
      port: 2,
      encryption: 'SSL',
    })
  })

  it('say by "." that there is no such service, and name no nonsense', () => {
    expect(bestTarget([record('.', 0)], EncryptionMode.SSL)).toBeUndefined()
    expect(bestTarget([record('', 0)], EncryptionMode.SSL)).toBeUndefined()
    expect(bestTarget([record('a b', 993)], EncryptionMode.SSL)).toBeUndefined()
    expect(bestTarget([], EncryptionMode.SSL)).toBeUndefined()
  })

  it('give implicit TLS before STARTTLS, and one candidate for each protocol', async () => {
    const names = dns({
      '_submission._tcp.example.jp': [record('smtp.example.jp', 587)],
      '_submissions._tcp.example.jp': [record('smtp.example.jp', 465)],
      '_imaps._tcp.example.jp': [record('.', 0)],
      '_imap._tcp.example.jp': [record('imap.example.jp', 143)],
      '_pop3s._tcp.example.jp': [record('pop.example.jp', 995)],
    })
    const found = await askSrv('example.jp', names, signal)
    expect(found.map(({ outgoing, incoming }) => [outgoing.port, incoming])).toMatchObject([
      [465, { protocol: 'IMAP4', port: 143, encryption: 'TLS' }],
      [465, { protocol: 'POP3', port: 995, encryption: 'SSL' }],
    ])
  })

  it('of one side only make no candidate', async () => {
    const names = dns({ '_imaps._tcp.example.jp': [record('imap.example.jp', 993)] })
    expect(await askSrv('example.jp', names, signal)).toEqual([])
  })
})

describe('the owner of a mail host', () => {
  it.each([
    ['mx1.mail.example.com', ['mail.example.com', 'example.com']],
    ['mx.example.co.jp', ['example.co.jp']],
    ['a.b.example.ne.jp', ['example.ne.jp']],
    ['example.com', ['example.com']],
    ['', []],
  ])('of %s', (host, expected) => {
    expect(baseDomains(host)).toEqual(expected)
  })
})
