import { DiscoverySource } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import { parseAutoconfig } from './parse-autoconfig.js'

const ADDRESS = { address: 'taro@example.co.jp', localPart: 'taro', domain: 'example.co.jp' }
const parse = (xml: string) => parseAutoconfig(xml, ADDRESS, DiscoverySource.AUTOCONFIG_PROVIDER)

const server = (kind: string, type: string, rest: string) =>
  `<${kind}Server type="${type}">${rest}</${kind}Server>`
const parts = (
  host: string,
  port: number | string,
  socketType: string,
  methods = ['password-cleartext'],
) =>
  `<hostname>${host}</hostname><port>${port}</port><socketType>${socketType}</socketType>
   <username>%EMAILADDRESS%</username>${methods.map((m) => `<authentication>${m}</authentication>`).join('')}`
const file = (...servers: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="example.co.jp"><domain>example.co.jp</domain>
<displayName>Taro &amp; Sons</displayName>${servers.join('')}
<documentation url="https://example.co.jp/help"><descr lang="en">Help</descr></documentation>
</emailProvider></clientConfig>`
const SENDS = server('outgoing', 'smtp', parts('smtp.%EMAILDOMAIN%', 465, 'SSL'))
const RECEIVES = server('incoming', 'imap', parts('imap.example.co.jp', 993, 'SSL'))

describe('an autoconfig file', () => {
  it('gives both sides, with the placeholders filled in', () => {
    expect(parse(file(RECEIVES, SENDS))).toEqual([
      {
        source: 'AUTOCONFIG_PROVIDER',
        providerName: 'Taro & Sons',
        outgoing: {
          ...{ host: 'smtp.example.co.jp', port: 465, encryption: 'SSL', authMethod: 'PLAIN' },
        },
        incoming: {
          ...{ protocol: 'IMAP4', host: 'imap.example.co.jp', port: 993, encryption: 'SSL' },
          authMethod: 'PASSWORD',
        },
        usernameForm: 'ADDRESS',
        documentationUrl: 'https://example.co.jp/help',
        notes: [],
      },
    ])
  })

  it('gives one candidate for each protocol, an encrypted server before one in clear text', () => {
    const xml = file(
      server('incoming', 'pop3', parts('clear.example.co.jp', 110, 'plain')),
      server('incoming', 'pop3', parts('pop.example.co.jp', 995, 'SSL')),
      RECEIVES,
      server('outgoing', 'smtp', parts('clear.example.co.jp', 25, 'plain')),
      server('outgoing', 'smtp', parts('smtp.example.co.jp', 587, 'STARTTLS')),
    )
    expect(parse(xml).map(({ incoming, outgoing }) => [incoming.host, outgoing.port])).toEqual([
      ['pop.example.co.jp', 587],
      ['imap.example.co.jp', 587],
    ])
  })

  it('says where OAuth is the only way, and where it is one of several', () => {
    const only = file(
      server('incoming', 'imap', parts('i.example', 993, 'SSL', ['OAuth2'])),
      server('outgoing', 'smtp', parts('s.example', 587, 'STARTTLS', ['OAuth2'])),
    )
    expect(parse(only)[0]).toMatchObject({
      notes: ['OAUTH_REQUIRED'],
      outgoing: { authMethod: 'XOAUTH2' },
      incoming: { authMethod: 'XOAUTH2' },
    })
    const both = file(
      server('incoming', 'imap', parts('i.example', 993, 'SSL', ['password-cleartext', 'OAuth2'])),
      SENDS,
    )
    expect(parse(both)[0]).toMatchObject({
      notes: ['OAUTH_OFFERED'],
      incoming: { authMethod: 'PASSWORD' },
    })
  })

  it('passes over servers that it cannot use: other kinds, other methods, nonsense', () => {
    const useless = [
      server('incoming', 'exchange', parts('x.example', 443, 'SSL')),
      server('incoming', 'imap', parts('a b', 993, 'SSL')),
      server('incoming', 'imap', parts('i.example', 70_000, 'SSL')),
      server('incoming', 'imap', parts('i.example', '9.5', 'SSL')),
      server('incoming', 'imap', parts('i.example', 993, 'constructor')),
      server('incoming', 'imap', parts('i.example', 993, 'SSL', ['GSSAPI'])),
      server('incoming', '__proto__', parts('i.example', 993, 'SSL')),
    ]
    expect(parse(file(...useless, SENDS))).toEqual([])
    expect(parse(file(...useless, RECEIVES, SENDS))).toHaveLength(1)
    expect(parse(file(RECEIVES))).toEqual([])
  })

  it('shows no link but one to a page', () => {
    const xml = file(RECEIVES, SENDS).replace('https://example.co.jp/help', 'javascript:alert(1)')
    expect(parse(xml)[0]?.documentationUrl).toBeNull()
  })
})

describe('a hostile file', () => {
  const refused = (xml: string) => expect(() => parse(xml)).toThrow('NOT_UNDERSTOOD')

  it('cannot define entities', () => {
    const bomb = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`
    refused(`<?xml version="1.0"?>${bomb}<clientConfig>&b;</clientConfig>`)
    refused(`<!DOCTYPE x SYSTEM "file:///etc/passwd">${file(RECEIVES, SENDS)}`)
    const undefinedOne = file(RECEIVES, SENDS).replace('&amp;', '&xxe;&#x41;')
    expect(parse(undefinedOne)[0]?.providerName).toBe('Taro &xxe;&#x41; Sons')
  })

  it('is refused where it is nested without end, is no XML, or is another XML', () => {
    refused('<a>'.repeat(5_000))
    refused(`<clientConfig>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</clientConfig>`)
    refused('')
    refused('<html><body>Not found</body></html>')
    refused('\u0000\u0001\u0002')
    refused('{"clientConfig":{}}')
  })

  it('touches no prototype', () => {
    const xml = file(RECEIVES, SENDS).replace(
      '<displayName>Taro &amp; Sons</displayName>',
      '<x toString="1" hasOwnProperty="1"><valueOf>2</valueOf></x><displayName>T</displayName>',
    )
    expect(parse(xml)[0]?.providerName).toBe('T')
    expect(Object.hasOwn(Object.prototype, 'valueOf')).toBe(true)
    try {
      parse(`<clientConfig><__proto__ polluted="yes"/></clientConfig>`)
    } catch {
      // Refusing it is as good.
    }
    expect('polluted' in {} || '@polluted' in {}).toBe(false)
  })

  it('with many servers is read within bounds', () => {
    const many = Array.from({ length: 500 }, () => RECEIVES)
    expect(() => parse(file(...many, SENDS))).toThrow('NOT_UNDERSTOOD')
    expect(parse(file(...many.slice(0, 100), SENDS))).toHaveLength(1)
  })

  it('cannot disguise a name by control or direction characters', () => {
    const xml = file(RECEIVES, SENDS).replace('Taro &amp; Sons', 'gmail\u202emoc')
    expect(parse(xml)[0]?.providerName).toBeNull()
  })
})
