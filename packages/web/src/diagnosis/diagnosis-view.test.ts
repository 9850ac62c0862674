import { describe, expect, it } from 'vitest'
import { useText } from '../i18n/useText.js'
import { newDraft, toInput, type MailServerDraft } from '../mail-server/mail-server-draft.js'
import { setLanguage } from '../i18n/i18n.js'
import {
  hasEnded,
  rowsOf,
  waitsForOtherSide,
  type DiagnosisStep,
  type DiagnosisView,
} from './diagnosis-view.js'
import { reportText } from './report-text.js'

function stepOf(kind: DiagnosisStep['kind'], more: Partial<DiagnosisStep> = {}): DiagnosisStep {
  return {
    ...{ side: 'OUTGOING', kind, outcome: 'OK', durationMs: 1, detail: null, problem: null },
    ...{ advice: null, certificate: null, authMethods: [], transcript: [], suggestion: null },
    ...more,
  }
}
function viewOf(
  steps: DiagnosisStep[],
  change: (draft: MailServerDraft) => void = () => {},
  isRunning = true,
  depth: DiagnosisView['depth'] = 'SIGN_IN',
) {
  const draft = newDraft()
  change(draft)
  return { input: toInput(draft), depth, steps, isRunning }
}
const brief = (view: ReturnType<typeof viewOf>, side: 'OUTGOING' | 'INCOMING' = 'OUTGOING') =>
  rowsOf(view, side).map(({ kind, state }) => `${kind} ${state}`)

describe('the lines of one side', () => {
  it('are there from the start, and the next one is under way', () => {
    expect(brief(viewOf([stepOf('RESOLVE')]))).toEqual([
      'RESOLVE ended',
      'CONNECT running',
      'TLS waiting',
      'GREETING waiting',
      'CAPABILITIES waiting',
      'AUTHENTICATE waiting',
    ])
    expect(brief(viewOf([]), 'INCOMING').at(-1)).toBe('MAILBOX waiting')
  })

  it('greet before TLS where STARTTLS is chosen', () => {
    const view = viewOf([], ({ outgoing }) => (outgoing.encryption = 'TLS'))
    expect(brief(view).slice(1, 4)).toEqual(['CONNECT waiting', 'GREETING waiting', 'TLS waiting'])
  })

  it('take in steps that nobody planned, and keep their order', () => {
    const rows = brief(viewOf([stepOf('RESOLVE'), stepOf('ENVELOPE')]))
    expect(rows.at(-1)).toBe('ENVELOPE ended')
    expect(rows[1]).toBe('CONNECT running')
  })

  it('go on to a message there and back where that is asked for', () => {
    const view = viewOf([], undefined, true, 'ROUND_TRIP')
    expect(brief(view).slice(-2)).toEqual(['ENVELOPE waiting', 'SEND waiting'])
    expect(brief(view, 'INCOMING').at(-1)).toBe('RECEIVE waiting')
    expect(brief(viewOf([], undefined, true, 'ENVELOPE')).at(-1)).toBe('ENVELOPE waiting')
  })

  it('that were never reached wait no longer', () => {
    expect(brief(viewOf([stepOf('RESOLVE')], undefined, false))[1]).toBe('CONNECT unreached')
  })

  it('of sending wait for receiving with POP before SMTP', () => {
    const popFirst = ({ outgoing }: MailServerDraft) => (outgoing.popBeforeSmtp = true)
    const before = viewOf([stepOf('RESOLVE', { side: 'INCOMING' })], popFirst)
    expect(waitsForOtherSide(before, 'OUTGOING')).toBe(true)
    expect(brief(before)[0]).toBe('RESOLVE waiting')
    const after = viewOf([stepOf('AUTHENTICATE', { side: 'INCOMING' })], popFirst)
    expect(brief(after)[0]).toBe('RESOLVE running')
  })

  it('are all there before the side has ended', () => {
    const kinds = ['RESOLVE', 'CONNECT', 'TLS', 'GREETING', 'CAPABILITIES'] as const
    const most = kinds.map((kind) => stepOf(kind))
    expect(hasEnded(viewOf(most), 'OUTGOING')).toBe(false)
    expect(hasEnded(viewOf([...most, stepOf('AUTHENTICATE')]), 'OUTGOING')).toBe(true)
  })
})

it('a copied report has both sides, their problems, and what passed on the wire', async () => {
  await setLanguage('en')
  const view = viewOf(
    [
      stepOf('GREETING', { transcript: ['S: 220 ready'] }),
      stepOf('TLS', { side: 'INCOMING', outcome: 'FAILED', problem: 'TLS_ON_PLAIN_PORT' }),
    ],
    ({ outgoing, incoming }) => {
      outgoing.host = 'smtp.example.com'
      incoming.host = '2001:db8::1'
    },
    false,
  )
  const text = reportText(view, new Date('2026-11-24T12:00:00Z'), useText().t, 'en')
  expect(text.split('\n').slice(0, 3)).toEqual([
    'Mailroom connection diagnosis  2026-11-24T12:00:00.000Z',
    'Outgoing: smtp.example.com:465 | SMTP, Encrypted by SSL | -',
    'Incoming: [2001:db8::1]:993 | IMAP4, Encrypted by SSL | TLS_ON_PLAIN_PORT',
  ])
  expect(text).toContain('# Server greeting\nS: 220 ready')
})
