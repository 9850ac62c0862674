import { describe, expect, it } from 'vitest'
import { createRedact } from '../transport/redact.js'
import { Transcript } from './transcript.js'

function heard(...lines: readonly ['client' | 'server', string][]) {
  const transcript = new Transcript(
    createRedact([{ username: 'alice', password: 'open-sesame-4711' }]),
  )
  transcript.begin(true)
  for (const [from, line] of lines) transcript.hear(from, Buffer.from(`${line}\r\n`))
  return transcript.lines
}

describe('a transcript of signing in', () => {
  it.each([
    ['AUTH PLAIN AGFsaWNlAHNlY3JldA==', 'AUTH PLAIN […]'],
    ['AUTH CRAM-MD5', 'AUTH CRAM-MD5'],
    ['PASS some other secret', 'PASS […]'],
    ['APOP alice 0123456789abcdef', 'APOP […]'],
    ['A3 LOGIN "alice" "secret"', 'A3 LOGIN […]'],
    ['A3 AUTHENTICATE PLAIN AGFsaWNl', 'A3 AUTHENTICATE PLAIN […]'],
    ['dXNlcm5hbWU9ImFsaWNlIg==', '[…]'],
  ])('shows of %j no argument', (line, shown) => {
    expect(heard(['client', line])).toEqual([`C: ${shown}`])
  })

  it('leaves out challenges and keeps the final words, known secrets masked', () => {
    expect(
      heard(
        ['server', '334 PDEyMzRAbWFpbD4='],
        ['server', '535 5.7.8 no: open-sesame-4711'],
        ['server', '-ERR wrong'],
      ),
    ).toEqual(['S: 334 […]', 'S: 535 5.7.8 no: [redacted]', 'S: -ERR wrong'])
  })
})

it('masks an answer to a challenge that the server repeats, and the digest in it', () => {
  const digest = '5d41984d729b2c138b6938f3212dffc5'
  const answer = Buffer.from(`alice ${digest}`).toString('base64')
  const lines = heard(
    ['client', answer],
    ['server', `535 ${answer} is ${digest}, cut: ${answer.slice(0, 20)}`],
  )
  expect(lines.join()).not.toContain(digest)
  expect(lines.join()).not.toContain(answer.slice(0, 12))
})

it('puts lines together that came in pieces', () => {
  const transcript = new Transcript(createRedact([]))
  transcript.begin(false)
  for (const piece of ['220 ma', 'il.test\r', '\n250 ok\r\n2']) {
    transcript.hear('server', Buffer.from(piece))
  }
  expect(transcript.lines).toEqual(['S: 220 mail.test', 'S: 250 ok'])
})

it('ends a transcript that a server would make endless', () => {
  const transcript = new Transcript(createRedact([]))
  transcript.begin(false)
  for (let line = 0; line < 1_000; line++) transcript.hear('server', Buffer.from('250-more\r\n'))
  expect(transcript.lines).toHaveLength(201)
  expect(transcript.lines.at(-1)).toBe('…')
})
