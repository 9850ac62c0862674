import { describe, expect, it } from 'vitest'
import { MAIL_SERVER_COLUMNS } from './mail-server-columns.js'
import { MAIL_SERVER_IMPORTABLE } from './mail-server-importable.js'
import { matchColumns } from './match-columns.js'
import { parseCsv } from './parse-csv.js'
import { planImport } from './plan-import.js'

const TWIN = '0193f5a0-0000-7000-8000-000000000003'

const match = async (csv: string) => matchColumns(await parseCsv(csv, 100), MAIL_SERVER_COLUMNS)
const plan = async (csv: string) =>
  planImport(MAIL_SERVER_IMPORTABLE, await match(csv), new Map(), [
    { id: TWIN.replace('9', '7'), name: 'Microsoft 365' },
    { id: TWIN.replace('9', '8'), name: 'Twin' },
    { id: TWIN, name: 'Twin' },
  ])

/** A line of the sixteen columns, as other groupware exports them. */
const LINE = 'HQ,本社,smtp.example.jp,587,TLS,CRAM-MD5,1,1,3,120,POP3,pop.example.jp,995,1,APOP,90'

describe('a file of the sixteen columns', () => {
  it('without a heading is read by their order', async () => {
    const [row] = await plan(LINE)
    expect(row).toMatchObject({
      outcome: 'ADD',
      draft: {
        code: 'HQ',
        name: '本社',
        outgoing: {
          host: 'smtp.example.jp',
          port: 587,
          encryption: 'TLS',
          authMethod: 'CRAM_MD5',
          credentials: 'OUTGOING',
          popBeforeSmtp: true,
          popBeforeSmtpWaitSeconds: 3,
          timeoutSeconds: 120,
          pinnedCertificate: null,
          caCertificate: null,
        },
        incoming: {
          protocol: 'POP3',
          host: 'pop.example.jp',
          port: 995,
          encryption: 'SSL',
          authMethod: 'PASSWORD',
          apop: true,
          timeoutSeconds: 90,
          pinnedCertificate: null,
          caCertificate: null,
        },
        oauthProviderId: null,
      },
    })
  })

  it('has defaults for what is left out', async () => {
    const [row] = await plan('HQ,本社,smtp.example.jp,,,,,,,,,pop.example.jp,,,,')
    expect(row?.draft).toMatchObject({
      outgoing: {
        port: 25,
        encryption: 'NONE',
        authMethod: 'NONE',
        credentials: 'INCOMING',
        popBeforeSmtp: false,
        popBeforeSmtpWaitSeconds: 0,
        timeoutSeconds: 60,
      },
      incoming: {
        protocol: 'POP3',
        port: 110,
        encryption: 'NONE',
        authMethod: 'PASSWORD',
        apop: false,
        timeoutSeconds: 60,
      },
    })
  })
})

describe('a heading', () => {
  const ORDER = ['name', 'code', 'incoming.host', 'outgoing.host'] as const
  const labels = (language: 'ja' | 'en') =>
    ORDER.map((path) => MAIL_SERVER_COLUMNS.find((c) => c.paths[0] === path)?.label[language] ?? '')

  it.each([
    ['in Japanese', labels('ja')],
    ['in English', labels('en')],
    ['of paths', ORDER],
    ['with other cases, widths and spaces', labels('en').map((l) => `\u3000${l.toUpperCase()} `)],
  ])('%s is known, whatever its order', async (_what, headings) => {
    const [row] = await plan(`${headings.map((h) => `"${h}"`).join()}\n本社,HQ,pop.jp,smtp.jp`)
    expect(row).toMatchObject({
      row: 2,
      draft: {
        code: 'HQ',
        name: '本社',
        outgoing: { host: 'smtp.jp' },
        incoming: { host: 'pop.jp' },
      },
    })
  })

  it('may hold columns that mean nothing here, which are named', async () => {
    const matched = await match('code,name,備考\nHQ,本社,x')
    expect([matched.hasHeading, matched.ignored]).toEqual([true, ['備考']])
  })

  it.each(['name,outgoing.host\na,b', 'code,name,code\na,b,c'])(
    'without a code, or with one column twice, is refused: %j',
    async (csv) => {
      await expect(match(csv)).rejects.toMatchObject({ fields: [{ rule: 'csvHeading' }] })
    },
  )

  it('alone is an empty file', async () => {
    await expect(match('code,name')).rejects.toMatchObject({ fields: [{ rule: 'csvEmpty' }] })
  })

  it('is not seen in a server that is called like one', async () => {
    expect((await match('code,本社,smtp.jp')).hasHeading).toBe(false)
  })

  it('names no two columns by one word', () => {
    const key = (text: string) =>
      text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '')
    const names = MAIL_SERVER_COLUMNS.flatMap((c) => [
      ...new Set([c.label.ja, c.label.en, ...c.paths, ...(c.aliases ?? [])].map(key)),
    ])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('spellings', () => {
  const read = async (place: number, cell: string) => {
    const cells = LINE.split(',')
    cells[place] = cell
    return (await plan(cells.join()))[0]
  }

  it.each([
    [4, 'NONE', { outgoing: { encryption: 'NONE' } }],
    [4, 'ssl', { outgoing: { encryption: 'SSL' } }],
    [4, 'ＴＬＳ', { outgoing: { encryption: 'TLS' } }],
    [4, '1', { outgoing: { encryption: 'SSL' } }],
    [5, 'CRAMMD5', { outgoing: { authMethod: 'CRAM_MD5' } }],
    [5, 'digest-md5', { outgoing: { authMethod: 'DIGEST_MD5' } }],
    [5, 'XOAUTH2', { outgoing: { authMethod: 'XOAUTH2' } }],
    [3, '５８７', { outgoing: { port: 587 } }],
    [13, '0', { incoming: { encryption: 'NONE' } }],
    [13, 'SSL', { incoming: { encryption: 'SSL' } }],
    [13, 'TLS', { incoming: { encryption: 'TLS' } }],
    [14, 'STANDARD', { incoming: { authMethod: 'PASSWORD', apop: false } }],
    [14, '標準', { incoming: { authMethod: 'PASSWORD', apop: false } }],
    [14, 'xoauth2', { incoming: { authMethod: 'XOAUTH2', apop: false } }],
    [14, '1', { incoming: { apop: true } }],
  ])('column %i: %s', async (place, cell, settings) => {
    expect((await read(place, cell))?.draft).toMatchObject(settings)
  })

  it.each([
    [3, 'smtp', 'wholeNumber'],
    [3, '25.5', 'wholeNumber'],
    [3, '0', 'min'],
    [4, 'STARTLS', 'choice'],
    [6, '2', 'choice'],
    [9, '121', 'max'],
    [10, 'IMAP5', 'choice'],
    [2, 'smtp://a.jp', 'host'],
    [1, 'a\u0000b', 'plainText'],
    [0, ' ', 'required'],
  ])('column %i: %j is refused', async (place, cell, rule) => {
    const row = await read(place, cell)
    expect(row).toMatchObject({
      outcome: 'REFUSED',
      refusals: [{ path: MAIL_SERVER_COLUMNS[place]?.paths[0], rule }],
    })
  })

  it('says which values a choice has', async () => {
    expect((await read(13, 'yes'))?.refusals).toEqual([
      { path: 'incoming.encryption', rule: 'choice', choices: ['0', '1', 'TLS'] },
    ])
  })

  it('finds every error of a row, in the order of its columns', async () => {
    const [row] = await plan('HQ,,smtp jp,x,,,,,11,,IMAP4,,70000,,APOP,,,,,,nobody,extra')
    expect(row?.refusals.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
      ' surplusCells',
      'name required',
      'outgoing.host host',
      'outgoing.port wholeNumber',
      'outgoing.popBeforeSmtpWaitSeconds max',
      'incoming.host required',
      'incoming.port max',
      'incoming.apop apopNeedsPop3',
      'oauthProviderId oauthProvider',
    ])
  })

  it('finds a provider by its name, or by its id where two have the same', async () => {
    const head = 'code,name,outgoing.host,incoming.host,oauthProviderId\n'
    const line = (code: string, provider: string) => `${code},n,a.jp,b.jp,${provider}\n`
    const rows = await plan(
      head + line('a', 'Microsoft 365') + line('b', TWIN) + line('c', 'Twin') + line('d', ''),
    )
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ADD', 'ADD', 'REFUSED', 'ADD'])
  })
})

it('refuses both of two rows with one code, however it is spelt', async () => {
  const rows = await plan(`${LINE}\n${LINE.replace('HQ', 'OK')}\n${LINE.replace('HQ', ' ｈｑ')}`)
  expect(rows.map(({ outcome, refusals }) => [outcome, refusals[0]?.limit])).toEqual([
    ['REFUSED', 3],
    ['ADD', undefined],
    ['REFUSED', 1],
  ])
})
