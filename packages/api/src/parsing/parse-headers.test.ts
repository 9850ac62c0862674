import { describe, expect, it } from 'vitest'
import { hex, mail, word } from '../../test/support/mail-source.js'
import { parseSource } from './parse-source.ts'

describe('the header of a message', () => {
  it('K-5: NUL becomes U+FFFD wherever it is', async () => {
    const source = mail(
      [
        'From: "a\0b" <a\0@example.com>',
        'Subject: a\0b',
        'Message-ID: <a\0b@x>',
        'References: <\0@x>',
      ],
      'text\0',
    )
    const message = await parseSource(source)
    expect(JSON.stringify(message)).not.toContain('\\u0000')
    expect(message).toMatchObject({
      subject: 'a\uFFFDb',
      messageId: '<a\uFFFDb@x>',
      text: 'text\uFFFD',
    })
    expect(message.from?.name).toBe('a\uFFFDb')
  })

  it('K-6: neither half characters nor text turned around', async () => {
    const { subject, from } = await parseSource(
      mail([
        `Subject: ${word('utf-16be', hex('d83d'))}x`,
        'From: "\u202emoc.elpmaxe" <a@example.com>',
      ]),
    )
    expect(subject).toBe('\uFFFDx')
    expect(from?.name).toBe('\uFFFDmoc.elpmaxe')
  })

  it('K-6: a megabyte of combining marks is cut and kept', async () => {
    const message = await parseSource(mail([`Subject: e${'\u0301'.repeat(500_000)}`], 'x'))
    expect(message.subject).toHaveLength(2_000)
    expect(message).toMatchObject({ isCut: true, text: 'x' })
  })

  it('K-9: no From, no Date, no Subject, no Message-ID', async () => {
    expect(await parseSource(mail(['X-Other: y'], 'x'))).toMatchObject({
      from: null,
      date: null,
      subject: '',
      messageId: null,
      text: 'x',
    })
  })

  it('K-9: of two From and three Subject the first ones', async () => {
    const message = await parseSource(
      mail([
        'From: a@example.com',
        'From: b@example.com',
        'Subject: 1',
        'Subject: 2',
        'Subject: 3',
      ]),
    )
    expect(message).toMatchObject({ from: { address: 'a@example.com' }, subject: '1' })
  })

  it('K-10, K-11: ids as they are, or in the brackets that they should have', async () => {
    const message = await parseSource(
      mail([
        'Message-ID: 20240101.1',
        'In-Reply-To: Your message of "Mon, 1 Jan" <b@x>',
        'References: <a@x><b@x>\r\n <c@x>',
      ]),
    )
    expect(message).toMatchObject({
      messageId: '<20240101.1>',
      inReplyTo: '<b@x>',
      references: ['<a@x>', '<b@x>', '<c@x>'],
    })
  })

  it('K-12: what is too long is cut, and it says so', async () => {
    const message = await parseSource(
      mail([`Message-ID: <${'a'.repeat(10_000)}@x>`, `Subject: ${'s'.repeat(1_000_000)}`], 'x'),
    )
    expect(message.messageId).toHaveLength(998)
    expect(message.subject).toHaveLength(2_000)
    expect(message.isCut).toBe(true)
  })

  it('K-7: of too many people the first ones, every address whole', async () => {
    const people = Array.from(
      { length: 2_000 },
      (_, n) => `"${'n'.repeat(300)}" <user${n}@example.com>`,
    )
    const { to, isCut } = await parseSource(mail([`To: ${people.join(', ')}`]))
    expect(isCut).toBe(true)
    expect(to.length).toBeGreaterThan(500)
    for (const [n, { address }] of to.entries()) expect(address).toBe(`user${n}@example.com`)
    const short = Array.from({ length: 2_000 }, (_, n) => `user${n}@example.com`)
    expect((await parseSource(mail([`To: ${short.join(', ')}`]))).to).toHaveLength(1_000)
  })

  it('K-7: of too many references the nearest ones', async () => {
    const ids = Array.from({ length: 100_000 }, (_, n) => `<${n}@example.com>`)
    const { references, isCut } = await parseSource(mail([`References: ${ids.join(' ')}`]))
    expect(references).toEqual(ids.slice(-100))
    expect(isCut).toBe(true)
  })

  it('K-12: an address too long to be one is nobody’s', async () => {
    const { from } = await parseSource(
      mail([`From: boss@example.com.${'x'.repeat(400)}.evil.example`]),
    )
    expect(from?.address).toBe('')
    expect(from?.name).toMatch(/^boss@example\.com\.xxx/)
  })

  it('reads people, groups and comments (CVE-2026-125755)', async () => {
    const message = await parseSource(
      mail([
        'From: user@good.example (c) .evil.com',
        'Reply-To: "A, B" <a@x.example>, c@x.example',
        'To: team: d@x.example, "E" <e@x.example>;, f@xn--wgv71a.jp',
        'To: g@x.example',
        'Cc: undisclosed-recipients:;',
      ]),
    )
    expect(message.from?.address).not.toBe('user@good.example')
    expect(message.replyTo).toEqual([
      { name: 'A, B', address: 'a@x.example' },
      { name: null, address: 'c@x.example' },
    ])
    expect(message.to.map(({ address }) => address)).toEqual([
      'd@x.example',
      'e@x.example',
      'f@xn--wgv71a.jp',
      'g@x.example',
    ])
    expect(message.cc).toEqual([])
  })

  it('an encoded word is a name and never an address', async () => {
    const { from } = await parseSource(
      mail([`From: ${word('utf-8', Buffer.from('CEO <ceo@bank.example>, x'))} <a@evil.example>`]),
    )
    expect(from).toEqual({ name: 'CEO <ceo@bank.example>, x', address: 'a@evil.example' })
  })
})
