import { expect, it } from 'vitest'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { ACCOUNT_COLUMNS } from './account-columns.js'
import { ACCOUNT_IMPORTABLE } from './account-importable.js'
import { AccountLookup } from './account-lookup.js'
import { matchColumns } from './match-columns.js'
import { parseCsv } from './parse-csv.js'
import { digestOf } from './plan-digest.js'
import { planImport } from './plan-import.js'

const [SERVER, OWNER] = [3, 4].map((n) => `0193f5a0-0000-7000-8000-00000000000${n}`)

const server = Object.assign(new MailServer(), {
  ...{ id: SERVER, code: 'HQ', name: '本社', deletedAt: null, oauthProviderId: null },
  outgoing: { authMethod: 'PLAIN', credentials: 'OUTGOING' },
  incoming: { authMethod: 'PASSWORD' },
})
const known = new AccountLookup(
  [server],
  [{ id: OWNER ?? '', loginName: 'Taro', loginNameKey: 'taro' }],
  [],
)
const match = async (csv: string) => matchColumns(await parseCsv(csv, 100), ACCOUNT_COLUMNS)
const plan = async (csv: string) =>
  planImport(ACCOUNT_IMPORTABLE, await match(csv), new Map(), known)

/** A line of the twelve columns. */
const LINE = 'a,山田,yamada@example.jp,taro,hq,yamada,in,out,secret,0,,1'

it('without a heading is read by the order of the columns', async () => {
  const [row] = await plan(LINE)
  expect(row).toMatchObject({
    outcome: 'ADD',
    draft: {
      ...{ code: 'a', name: '山田', email: 'yamada@example.jp', userId: OWNER },
      ...{ mailServerId: SERVER, incomingUsername: 'yamada', incomingPassword: 'in' },
      ...{ outgoingUsername: 'out', outgoingPassword: 'secret', oauthGrantId: null },
      ...{ leaveOnServer: false, deleteAfterDays: null, enabled: false },
    },
  })
})

it('has defaults for what is left out: mail stays, for ever, and the account is in use', async () => {
  const [row] = await plan('a,,yamada@example.jp,ＴＡＲＯ,ＨＱ,yamada')
  expect(row?.outcome).toBe('ADD')
  expect(row?.draft).toMatchObject({
    ...{ name: '', outgoingUsername: null, leaveOnServer: true, deleteAfterDays: null },
    ...{ enabled: true, incomingPassword: undefined, outgoingPassword: undefined },
  })
})

it.each([
  'アカウントコード,アカウントの名称,メールアドレス,ログイン名,メールサーバーコード,受信メールアカウント,受信メールパスワード,送信メールアカウント,送信メールパスワード,受信メールサーバーにメールを残す,削除するまでの日数,使用停止',
  'Account code,Account name,E-mail address,Login name,Mail server code,Incoming account,Incoming password,Outgoing account,Outgoing password,Leave mail on the incoming server,Days until it is deleted,Suspended',
  'ユーザーアカウントコード,ユーザーアカウント名,E-mail,利用者,メールサーバー,受信メールアカウント名,受信パスワード,送信メールアカウント名,送信パスワード,メールを残す,deleteAfterDays,停止',
])('knows the heading %s', async (heading) => {
  const { hasHeading, places, ignored } = await match(`${heading}\n${LINE}`)
  expect([hasHeading, ignored]).toEqual([true, []])
  expect([...places]).toEqual(ACCOUNT_COLUMNS.map((column, place) => [column, place]))
})

it('takes no heading "enabled" for its opposite', async () => {
  expect((await match('code,name,enabled\na,,1')).ignored).toEqual(['enabled'])
})

it('writes no password, and tells files apart by theirs', async () => {
  const rows = await plan(LINE)
  const cells = ACCOUNT_COLUMNS.map((column) => rows[0] && column.write(rows[0].draft, known))
  expect(cells).toEqual('a,山田,yamada@example.jp,Taro,HQ,yamada,,out,,0,,1'.split(','))
  const others = await plan(LINE.replace('secret', 'other'))
  const digests = await Promise.all(
    [rows, rows, others].map((each) => digestOf(ACCOUNT_IMPORTABLE, each, known)),
  )
  expect(digests[0]).toBe(digests[1])
  expect(digests[0]).not.toBe(digests[2])
})
