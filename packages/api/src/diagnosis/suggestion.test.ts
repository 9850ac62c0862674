import { DiagnosisProblem, type DiagnosisSide } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import { IncomingSettings } from '../mail-server/incoming-settings.js'
import { OutgoingSettings } from '../mail-server/outgoing-settings.js'
import { suggest, type ProblemContext } from './suggestion.js'
import { suggestionLabel } from './suggestion-words.js'

const outgoing: OutgoingSettings = Object.assign(new OutgoingSettings(), {
  port: 587,
  encryption: 'SSL',
  authMethod: 'DIGEST_MD5',
})
const incoming: IncomingSettings = Object.assign(new IncomingSettings(), {
  protocol: 'POP3',
  port: 993,
  encryption: 'SSL',
})

function context(
  side: DiagnosisSide,
  problem: DiagnosisProblem,
  rest: Partial<ProblemContext> = {},
): ProblemContext {
  return {
    ...{ side, problem, settings: { outgoing, incoming } },
    ...{ detail: null, certificate: undefined, authMethods: [], offersStartTls: undefined },
    ...rest,
  }
}

describe('the change that would mend a problem', () => {
  it.each<[string, ProblemContext, object | undefined]>([
    [
      'SSL on a port that speaks clear text',
      context('OUTGOING', 'TLS_ON_PLAIN_PORT'),
      { path: 'outgoing.encryption', value: 'TLS', also: [] },
    ],
    [
      'clear text on a port that speaks SSL',
      context('INCOMING', 'TLS_EXPECTED'),
      { path: 'incoming.encryption', value: 'SSL', also: [] },
    ],
    [
      'no STARTTLS',
      context('OUTGOING', 'TLS_NOT_OFFERED'),
      {
        path: 'outgoing.encryption',
        value: 'SSL',
        also: [{ path: 'outgoing.port', value: '465' }],
      },
    ],
    [
      'nobody on an unusual port',
      context('OUTGOING', 'CONNECT_REFUSED'),
      { path: 'outgoing.port', value: '465', also: [] },
    ],
    [
      'another incoming protocol behind the port',
      context('INCOMING', 'NOT_THIS_PROTOCOL', { detail: '* OK IMAP4rev1 ready' }),
      { path: 'incoming.protocol', value: 'IMAP4', also: [] },
    ],
    [
      'SMTP behind the incoming port',
      context('INCOMING', 'NOT_THIS_PROTOCOL', { detail: '220 mx ESMTP' }),
      { path: 'incoming.port', value: '995', also: [] },
    ],
    [
      'a method that is not offered',
      context('OUTGOING', 'AUTH_METHOD_NOT_OFFERED', { authMethods: ['CRAM-MD5', 'LOGIN'] }),
      { path: 'outgoing.authMethod', value: 'LOGIN', also: [] },
    ],
    [
      'a side that offers only OAuth',
      context('INCOMING', 'AUTH_METHOD_NOT_OFFERED', { authMethods: ['XOAUTH2'] }),
      { path: 'incoming.authMethod', value: 'XOAUTH2', also: [] },
    ],
    [
      'encryption needed and STARTTLS there',
      context('OUTGOING', 'AUTH_NEEDS_ENCRYPTION', { offersStartTls: true }),
      { path: 'outgoing.encryption', value: 'TLS', also: [] },
    ],
    [
      'APOP that is not offered',
      context('INCOMING', 'APOP_NOT_OFFERED'),
      { path: 'incoming.apop', value: 'false', also: [] },
    ],
    ['a wrong password', context('INCOMING', 'AUTH_REJECTED'), undefined],
    ['nothing offered at all', context('OUTGOING', 'AUTH_METHOD_NOT_OFFERED'), undefined],
  ])('%s', (_what, problem, expected) => {
    expect(suggest(problem)).toEqual(expected)
  })

  it('leaves a usual port alone', () => {
    const settings = {
      outgoing: Object.assign(new OutgoingSettings(), outgoing, { port: 465 }),
      incoming,
    }
    expect(suggest(context('OUTGOING', 'CONNECT_REFUSED', { settings }))).toBeUndefined()
  })
})

it('says on the button what it changes, in both languages', () => {
  const found = suggest(context('OUTGOING', 'TLS_NOT_OFFERED'))
  expect(found).toBeDefined()
  if (found === undefined) return
  const say = (language: 'ja' | 'en') =>
    suggestionLabel(found, DiagnosisProblem.TLS_NOT_OFFERED, language)
  expect(say('en')).toBe('Use SSL (implicit TLS), Use port 465')
  expect(say('ja')).toBe('SSLを使用する・ポート番号を465にする')
})
