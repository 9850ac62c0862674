import { ActorKind, AuditAction, AuditSubject } from '@mailroom/shared'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEventItemFragment } from '../generated/graphql.js'
import { setLanguage, withWords } from '../i18n/i18n.js'
import { useText } from '../i18n/useText.js'
import { wordedChanges } from './change-words.js'
import { eventSentence, sentenceText } from './event-sentence.js'
import { subjectLink } from './subject-link.js'

const { t, dateTime } = useText()

const event = (changes: Partial<AuditEventItemFragment>): AuditEventItemFragment => ({
  id: '1',
  at: '2026-11-28T00:00:00.000Z',
  actorKind: ActorKind.USER,
  actorId: '2',
  actorName: 'taro',
  address: '192.0.2.1',
  action: AuditAction.UPDATE,
  subject: AuditSubject.MAIL_SERVER,
  subjectId: '3',
  subjectName: '本社 (main)',
  subjectExists: true,
  isVersion: true,
  restoredVersionAt: null,
  changes: [],
  ...changes,
})
const sentence = (changes: Partial<AuditEventItemFragment>) =>
  sentenceText(eventSentence(event(changes), t, dateTime))
const change = (field: string, old: string | null, now: string | null) => ({
  field,
  old,
  new: now,
  isSecret: false,
})

beforeAll(async () => {
  await withWords('audit', Promise.resolve())
})

describe('an event as a sentence', () => {
  it('tells who did what to which, in both languages', async () => {
    await setLanguage('ja')
    expect(sentence({})).toBe('taroがメールサーバー「本社 (main)」を変更しました')
    await setLanguage('en')
    expect(sentence({})).toBe('taro changed the mail server “本社 (main)”')
  })

  it('is whole for every action on every subject, by anybody, with a name or without', async () => {
    for (const language of ['ja', 'en'] as const) {
      await setLanguage(language)
      for (const action of Object.values(AuditAction)) {
        for (const subject of Object.values(AuditSubject)) {
          for (const actorKind of Object.values(ActorKind)) {
            for (const subjectName of ['', 'x']) {
              const text = sentence({ action, subject, actorKind, subjectName })
              expect(text).not.toMatch(/[\ue000\ue001{}]|audit\.|「」|“”/)
              expect(text.length).toBeGreaterThan(5)
            }
          }
        }
      }
    }
  })

  it('tells a failed sign-in without a name, and from when on they were stopped', async () => {
    await setLanguage('ja')
    const failed = {
      action: AuditAction.SIGN_IN_FAILED,
      subject: AuditSubject.USER,
      actorKind: ActorKind.NOBODY,
      subjectName: '',
    }
    expect(sentence(failed)).toBe('登録されていないログイン名でのサインインに失敗しました')
    const changes = [change('retryAfterSeconds', null, '60')]
    expect(sentence({ ...failed, subjectName: 'admin', changes })).toBe(
      '失敗が続いたため、「admin」としてのサインインを60秒間止めました',
    )
    expect(wordedChanges(AuditSubject.USER, changes, t, dateTime)).toEqual([])
  })

  it('tells why a sign-in at the provider failed', async () => {
    await setLanguage('en')
    const failed = {
      action: AuditAction.SIGN_IN_FAILED,
      subject: AuditSubject.USER,
      actorKind: ActorKind.NOBODY,
      subjectName: '',
      changes: [change('oidcProblem', null, 'OIDC_REFUSED')],
    }
    expect(sentence(failed)).toBe(
      'A sign-in at the external provider failed: cancelled or refused there',
    )
    expect(sentence({ ...failed, subjectName: 'taro' })).toContain('as “taro” at the external')
    expect(wordedChanges(AuditSubject.USER, failed.changes, t, dateTime)).toEqual([])
  })

  it('takes a name as it is, whatever is in it', async () => {
    await setLanguage('en')
    const name = "{who} @:nav.label | <b>x</b> {'@'}"
    expect(sentence({ subjectName: name })).toBe(`taro changed the mail server “${name}”`)
  })

  it('tells which version was put back', async () => {
    await setLanguage('en')
    expect(sentence({ restoredVersionAt: '2026-11-27T01:00:00.000Z' })).toContain(
      'put the mail server “本社 (main)” back to its version of Nov',
    )
  })
})

describe('changes in words', () => {
  it('of a mail server are worded as its form is', async () => {
    await setLanguage('ja')
    const worded = wordedChanges(
      AuditSubject.MAIL_SERVER,
      [
        change('outgoing.encryption', 'SSL', 'TLS'),
        change('incoming.apop', 'false', 'true'),
        change('outgoing.timeoutSeconds', '60', '37'),
        change('outgoing.host', null, 'smtp.example.jp'),
      ],
      t,
      dateTime,
    )
    expect(worded.map(({ label, old, now }) => [label, old, now])).toEqual([
      ['送信 / 暗号化通信', 'SSLを使用する', 'TLSを使用する'],
      ['受信 / APOP認証', '使用しない', '使用する'],
      ['送信 / タイムアウトまでの時間', '60秒', '37秒'],
      ['送信 / 送信メールサーバー名 (SMTP)', 'なし', 'smtp.example.jp'],
    ])
  })

  it('word what is ours and leave what people typed', async () => {
    await setLanguage('ja')
    const worded = wordedChanges(
      AuditSubject.USER,
      [
        change('role', 'USER', 'ADMIN'),
        change('displayName', 'USER', 'true'),
        change('novel', 'a', 'b'),
      ],
      t,
      dateTime,
    )
    expect(worded.map(({ label, old, now }) => [label, old, now])).toEqual([
      ['権限', '一般の利用者', '管理者'],
      ['表示名', 'USER', 'true'],
      ['novel', 'a', 'b'],
    ])
  })

  it('of the order are places of servers by their code, even one called as a field is', async () => {
    await setLanguage('ja')
    const [worded] = wordedChanges(
      AuditSubject.MAIL_SERVER_ORDER,
      [change('role', '2', '1')],
      t,
      dateTime,
    )
    expect(worded).toMatchObject({ label: 'role', old: '2番目', now: '1番目' })
  })
})

it('what is gone is no link', () => {
  expect(subjectLink(event({}))).toBe('/mail-servers/3')
  expect(subjectLink(event({ subject: AuditSubject.USER, subjectExists: false }))).toBeUndefined()
  expect(subjectLink(event({ subject: AuditSubject.SETTINGS, subjectId: null }))).toBe('/settings')
})
