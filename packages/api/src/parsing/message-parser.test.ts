import { fork } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { mail, mailWith, multipart } from '../../test/support/mail-source.js'
import { MessageParser, ParserClosedError } from './message-parser.ts'

const opened: MessageParser[] = []
function open(...options: ConstructorParameters<typeof MessageParser>): MessageParser {
  const parser = new MessageParser(...options)
  opened.push(parser)
  return parser
}

const good = mail(['From: a@example.com', 'Subject: good'], 'text')
/** Takes longer than a millisecond on any machine. */
const slow = mailWith('text/plain', 'x\r\n'.repeat(2_000_000))
/** Each of its fields is an object, more than a small heap holds. */
const heavy = mail(Array.from({ length: 200_000 }, (_, number) => `X-${number}: x`))
/** A header that nothing can be made of. */
const unreadable = mail([`X-Endless: ${'x'.repeat(17_000_000)}`])

afterEach(async () => {
  await Promise.all(opened.splice(0).map((parser) => parser.close()))
})

describe('parsing in a thread', () => {
  it('tells a message and its attachments, and leaves the source to the caller', async () => {
    const parser = open()
    const source = multipart('mixed', mail(['Content-Type: a/b'], 'content'))
    const before = Buffer.from(source)
    expect(await parser.parse(source)).toMatchObject({
      ok: true,
      message: { from: { address: 'a@example.com' }, attachments: [{ position: 0, sizeBytes: 7 }] },
    })
    expect(await parser.readAttachment(source, 0)).toEqual({
      ok: true,
      content: Buffer.from('content'),
    })
    expect(await parser.readAttachment(source, 1)).toMatchObject({
      ok: false,
      problem: 'PARSE_FAILED',
    })
    expect(source).toEqual(before)
  })

  it('takes dates across', async () => {
    const outcome = await open().parse(mail(['Date: Tue, 1 Jan 2019 10:00:00 +0900']))
    expect(outcome).toMatchObject({ message: { date: new Date('2019-01-01T01:00:00Z') } })
  })

  const poison: [string, Buffer, ConstructorParameters<typeof MessageParser>[0], string][] = [
    ['throws', unreadable, {}, 'PARSE_FAILED'],
    ['does not end', slow, { timeoutMs: 1 }, 'PARSE_TIMEOUT'],
    ['takes all memory and kills the thread', heavy, { heapMb: 32 }, 'PARSE_MEMORY'],
  ]
  it.each(poison)(
    'K-1: a message that %s is marked, among others that are parsed',
    async (_, bad, options, problem) => {
      const parser = open({
        ...options,
        ...(problem === 'PARSE_TIMEOUT' ? {} : { timeoutMs: 60_000 }),
      })
      const outcomes = await Promise.all([bad, bad].map((source) => parser.parse(source)))
      expect(outcomes).toMatchObject([
        { ok: false, problem },
        { ok: false, problem },
      ])
      const patient = problem === 'PARSE_TIMEOUT' ? open() : parser
      expect(await patient.parse(good)).toMatchObject({ ok: true, message: { subject: 'good' } })
    },
  )

  it('K-1: goes on in another thread after one that had to be ended', async () => {
    // Enough for a small message, and not for a large one.
    const parser = open({ timeoutMs: 4_000 })
    const endless = mailWith('text/plain', '\n'.repeat(100_000_000))
    const [before, bad, after] = await Promise.all(
      [good, endless, good].map((source) => parser.parse(source)),
    )
    expect(bad).toMatchObject({ ok: false, problem: 'PARSE_TIMEOUT' })
    expect([before, after]).toMatchObject([{ ok: true }, { ok: true }])
  })

  it('answers more calls than it has threads, each with its own', async () => {
    const parser = open({ threads: 2 })
    const subjects = Array.from({ length: 20 }, (_, number) => `number ${number}`)
    const outcomes = await Promise.all(
      subjects.map((subject) => parser.parse(mail([`Subject: ${subject}`]))),
    )
    expect(outcomes).toMatchObject(subjects.map((subject) => ({ message: { subject } })))
  })

  it('ends in the middle of a message, which stays unmarked', async () => {
    const parser = open({ timeoutMs: 600_000 })
    await parser.parse(good)
    const results = Promise.allSettled([
      parser.parse(mailWith('text/plain', '\n'.repeat(100_000_000))),
      parser.parse(good),
    ])
    await parser.close()
    for (const result of await results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: expect.any(ParserClosedError) as unknown,
      })
    }
    await expect(parser.parse(good)).rejects.toThrow(ParserClosedError)
  })

  it('lets the process end that forgot to close it', async () => {
    const child = fork(new URL('../../test/support/parse-and-end.ts', import.meta.url), {
      stdio: 'ignore',
    })
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
