import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DELETED_MESSAGES_KEPT_DAYS } from '@mailroom/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataSource } from '../../src/db/data-source.js'
import { MailRemover } from '../../src/message/mail-remover.js'
import { toMessages } from '../../src/message/message-rows.js'
import { Message } from '../../src/message/message.entity.js'
import { readRows } from '../../src/db/read-rows.js'
import {
  addPerson,
  createAccount,
  DELETE_ACCOUNT,
  idOf,
  type Person,
} from '../support/accounts-kit.js'
import { startApi, type TestApi, type TestClient } from '../support/api.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { createMailServer } from '../support/mail-servers-kit.js'
import { jis, mail, mailWith, multipart } from '../support/mail-source.js'
import {
  DELETE_MESSAGES,
  MARK_READ,
  MESSAGES,
  RESTORE_MESSAGES,
  storeMessages,
  untilParsed,
  type ReadPage,
} from '../support/mailbox-kit.js'
import { connect } from '../support/subscription-socket.js'
import { remoteVectors } from '../support/xss-vectors.js'

let database: TestDatabase
let api: TestApi
let admin: TestClient
let other: Person
let mailServerId: string

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.url, { MAILROOM_ROLE: 'all' })
  admin = await api.admin()
  other = await addPerson(api, database, 'hanako')
  const side = { host: '127.0.0.1', port: 1, encryption: 'NONE', timeoutSeconds: 5 }
  const server = await createMailServer(admin, {
    outgoing: side,
    incoming: { ...side, protocol: 'POP3' },
  })
  mailServerId = server.id
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

/** An account with messages that are parsed; their ids, the oldest first. */
async function mailboxOf(sources: readonly (string | Buffer)[], folder = 'INBOX') {
  const { id: accountId } = await createAccount(admin, await idOf(admin), mailServerId)
  const ids = await storeMessages(database, accountId, sources, folder)
  await untilParsed(database)
  return { accountId, ids }
}

const subject = (text: string) =>
  mail([`Subject: ${text}`, 'From: "A" <a@example.com>'], `${text} body`)
const numbered = (count: number) => Array.from({ length: count }, (_, n) => subject(`no ${n}`))

async function page(variables: object, client = admin): Promise<ReadPage> {
  return (await client.ask<{ messages: ReadPage }>(MESSAGES, variables)).messages
}
const subjects = ({ edges }: ReadPage) => edges.map(({ node }) => node.subject)

describe('messages', () => {
  it('come page by page, the newest first, each once, also while more arrive', async () => {
    const { accountId, ids } = await mailboxOf(numbered(7))
    const first = await page({ accountId, first: 3 })
    expect(subjects(first)).toEqual(['no 6', 'no 5', 'no 4'])
    expect(first).toMatchObject({ totalCount: 7, unreadCount: 7, pageInfo: { hasNextPage: true } })
    await storeMessages(database, accountId, [subject('new')])
    await untilParsed(database)
    const second = await page({ accountId, first: 3, after: first.pageInfo.endCursor })
    expect(subjects(second)).toEqual(['no 3', 'no 2', 'no 1'])
    const last = await page({ accountId, first: 3, after: second.pageInfo.endCursor })
    expect(subjects(last)).toEqual(['no 0'])
    expect(last).toMatchObject({
      totalCount: 8,
      pageInfo: { hasNextPage: false, endCursor: ids[0] },
    })
    expect(last.edges[0]?.node).toMatchObject({
      snippet: 'no 0 body',
      from: { name: 'A', address: 'a@example.com' },
    })
  })

  it('of a folder are those of no other, and unreadOnly leaves out what is read', async () => {
    const { accountId, ids } = await mailboxOf(numbered(3))
    await storeMessages(database, accountId, [subject('sent')], 'SENT')
    await untilParsed(database)
    expect(subjects(await page({ accountId, folder: 'SENT' }))).toEqual(['sent'])
    await admin.ask(MARK_READ, { ids: ids.slice(0, 2), read: true })
    const unread = await page({ accountId, unreadOnly: true })
    expect(unread).toMatchObject({ totalCount: 1, unreadCount: 1 })
    expect(subjects(unread)).toEqual(['no 2'])
    expect(await page({ accountId, folder: 'OUTBOX' })).toMatchObject({ edges: [], totalCount: 0 })
  })

  it('are found by subject, people, text and names of files, in Japanese too', async () => {
    const { accountId } = await mailboxOf([
      mail(
        [
          'Subject: =?utf-8?B?6KuL5rGC5pu444Gu5Lu2?=',
          'From: =?utf-8?B?5bGx55Sw?= <yamada@example.co.jp>',
        ],
        'ok',
      ),
      mail(
        [
          'Subject: second',
          'To: Hanako <hanako@example.jp>',
          'Content-Type: text/plain; charset=iso-2022-jp',
        ],
        jis('東京都庁での会議について'),
      ),
      multipart(
        'mixed',
        mail(['Content-Type: text/plain'], 'third body'),
        mail(
          [
            'Content-Type: application/pdf',
            "Content-Disposition: attachment; filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf",
          ],
          'x',
        ),
      ),
      mail(
        ['Subject: fourth', 'Content-Type: text/html'],
        '<style>hidden</style><p>Käse <b>Invoice</b></p>',
      ),
    ])
    const found = async (search: string) => {
      const { edges, totalCount } = await page({ accountId, search })
      expect(totalCount).toBe(edges.length)
      return edges.map(({ node }) => node.subject || 'third')
    }
    expect(await found('請求')).toEqual(['請求書の件'])
    expect(await found('書の件')).toEqual(['請求書の件'])
    expect(await found('山田')).toEqual(['請求書の件'])
    expect(await found('YAMADA@example.co')).toEqual(['請求書の件'])
    expect(await found('ｈａｎａｋｏ 会議')).toEqual(['second'])
    expect(await found('京都庁')).toEqual(['second'])
    expect(await found('庁')).toEqual(['second'])
    expect(await found('見積 third')).toEqual(['third'])
    expect(await found('inv KÄSE')).toEqual(['fourth'])
    expect(await found('hidden')).toEqual([])
    expect(await found('請求 会議')).toEqual([])
    expect(await found('!!!')).toEqual([])
    expect(await found('  ')).toHaveLength(4)
  })

  it('of another account are not found, and a cursor or a size that is none is refused', async () => {
    await mailboxOf([subject('elsewhere unique-word')])
    const { accountId } = await mailboxOf([subject('here')])
    expect(await page({ accountId, search: 'unique' })).toMatchObject({ edges: [], totalCount: 0 })
    for (const variables of [
      { after: 'x' },
      { first: 0 },
      { first: 201 },
      { search: 'a'.repeat(201) },
    ]) {
      expect((await admin.fail(MESSAGES, { accountId, ...variables })).extensions.code).toBe(
        'BAD_USER_INPUT',
      )
    }
    for (const [client, id] of [
      [other.client, accountId],
      [admin, 'x'],
      [admin, crypto.randomUUID()],
    ] as const) {
      expect((await client.fail(MESSAGES, { accountId: id })).extensions.code).toBe('NOT_FOUND')
    }
  })

  it('tell whom somebody may mean who writes: whom he writes to, then who wrote to him', async () => {
    const from = (name: string, address: string) => mail([`From: ${name} <${address}>`], 'x')
    const { accountId } = await mailboxOf([
      // However much comes in, and whatever it says of others.
      ...Array.from({ length: 6 }, () => from('Yamada', 'stranger@example.jp')),
      from('Stranger', 'hana@example.jp'),
      from('=?utf-8?B?5bGx55Sw5aSq6YOO?=', 'taro@example.jp'),
      from('Boss', 'Boss@example.jp'),
      from('Boss', 'Boss@EXAMPLE.jp'),
      ...['no address', 'boss@-x', 'a@b@c'].map((address) => from('Yamada', address)),
    ])
    const { email } = await admin
      .ask<{ mailAccount: { email: string } }>(
        'query ($id: ID!) { mailAccount(id: $id) { email } }',
        { id: accountId },
      )
      .then(({ mailAccount }) => mailAccount)
    const sent = mail([`From: <${email}>`, `To: Ｙａｍａｄａ <hana@example.jp>, ${email}`], 'x')
    await storeMessages(database, accountId, [sent], 'SENT')
    await untilParsed(database)
    const query = `query ($accountId: ID!, $search: String, $first: Int) {
      correspondents(accountId: $accountId, search: $search, first: $first) { name address } }`
    const found = async (search: string, first?: number) => {
      type Found = { correspondents: { name: string | null; address: string }[] }
      const { correspondents } = await admin.ask<Found>(query, { accountId, search, first })
      return correspondents.map(({ name, address }) => `${name} <${address}>`)
    }
    const all = [
      'Ｙａｍａｄａ <hana@example.jp>',
      'Yamada <stranger@example.jp>',
      'Boss <Boss@EXAMPLE.jp>',
      '山田太郎 <taro@example.jp>',
    ]
    expect(await found('')).toEqual(all)
    expect(await found('', 1)).toEqual(all.slice(0, 1))
    expect(await found('yAMADA')).toEqual(all.slice(0, 2))
    expect(await found('太郎')).toEqual(all.slice(3))
    expect(await found('%')).toEqual([])
    const { extensions } = await other.client.fail(query, { accountId, search: '' })
    expect(extensions.code).toBe('NOT_FOUND')
  })

  it('are read in as many statements, however many they are', async () => {
    const { accountId } = await mailboxOf(numbered(20))
    const dataSource = createDataSource(database.url)
    let statements = 0
    const count = () => (statements += 1)
    const nothing = () => undefined
    dataSource.setOptions({
      logging: ['query'],
      logger: {
        logQuery: count,
        ...{ logQueryError: nothing, logQuerySlow: nothing, logSchemaBuild: nothing },
        ...{ logMigration: nothing, log: nothing },
      },
    })
    await dataSource.initialize()
    const read = async (limit: number) => {
      const rows = await readRows(
        dataSource,
        Message,
        undefined,
        `WHERE account_id = $1 LIMIT ${limit}`,
        [accountId],
      )
      statements = 0
      expect(await toMessages(dataSource, rows)).toHaveLength(limit)
      return statements
    }
    expect([await read(1), await read(20)]).toEqual([2, 2])
    await dataSource.destroy()
  })
})

describe('markRead, deleteMessages and restoreMessages', () => {
  it('change what the lists show, and leave out what is not there or not theirs', async () => {
    const { accountId, ids } = await mailboxOf(numbered(3))
    const [a = '', b = '', c = ''] = ids
    expect(
      await admin.ask(MARK_READ, { ids: [a, a, 'x', crypto.randomUUID()], read: true }),
    ).toEqual({
      markRead: [{ id: a, read: true }],
    })
    expect(await page({ accountId })).toMatchObject({ totalCount: 3, unreadCount: 2 })
    expect(await admin.ask(DELETE_MESSAGES, { ids: [a, b] })).toEqual({ deleteMessages: [a, b] })
    expect(subjects(await page({ accountId }))).toEqual(['no 2'])
    expect(await page({ accountId })).toMatchObject({ totalCount: 1, unreadCount: 1 })
    expect(await page({ accountId, search: 'no' })).toMatchObject({ totalCount: 1 })
    expect(await admin.ask('query ($id: ID!) { message(id: $id) { id } }', { id: a })).toEqual({
      message: null,
    })
    expect((await admin.fail(DELETE_MESSAGES, { ids: [a] })).extensions.code).toBe('NOT_FOUND')
    expect(await admin.ask(RESTORE_MESSAGES, { ids: [b, c] })).toEqual({
      restoreMessages: [{ id: b }, { id: c }],
    })
    expect(subjects(await page({ accountId }))).toEqual(['no 2', 'no 1'])
    expect(await page({ accountId })).toMatchObject({ totalCount: 2, unreadCount: 2 })
    for (const [query, more] of [
      [MARK_READ, { read: true }],
      [DELETE_MESSAGES, {}],
      [RESTORE_MESSAGES, {}],
    ] as const) {
      expect((await other.client.fail(query, { ids: [b], ...more })).extensions.code).toBe(
        'NOT_FOUND',
      )
      expect(
        (await admin.fail(query, { ids: Array<string>(501).fill(b), ...more })).extensions.fields,
      ).toMatchObject([{ path: 'ids', rule: 'tooMany' }])
    }
  })

  it('stay right while many do it at once', async () => {
    const { accountId, ids } = await mailboxOf(numbered(20))
    const shuffled = () => [...ids].sort(() => Math.random() - 0.5)
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        admin.ask(MARK_READ, { ids: shuffled(), read: n % 2 === 0 }),
      ),
    )
    await admin.ask(MARK_READ, { ids: ids.slice(0, 5), read: true })
    await admin.ask(MARK_READ, { ids: ids.slice(5), read: false })
    expect(await page({ accountId })).toMatchObject({ totalCount: 20, unreadCount: 15 })
    const counted = await database.rows(
      `SELECT account_id FROM (
         SELECT account_id, folder, sum(total) AS total, sum(unread) AS unread
         FROM mailbox_count GROUP BY account_id, folder
       ) AS kept WHERE (total, unread) <> (
         SELECT count(*), count(*) FILTER (WHERE NOT is_read) FROM message
         WHERE account_id = kept.account_id AND folder = kept.folder AND deleted_at IS NULL)`,
    )
    expect(counted).toEqual([])
  })

  it('what was deleted long ago is removed for good, its identity is not', async () => {
    const { accountId, ids } = await mailboxOf(numbered(3))
    const [old = '', recent = ''] = ids
    await database.rows(
      `INSERT INTO received_identity (account_id, mailbox_key, id_key, sha256, message_id, size_bytes, run_id)
       VALUES ($1, '\\x00', '\\x01', '\\x02', $2, 1, $1)`,
      [accountId, old],
    )
    await admin.ask(DELETE_MESSAGES, { ids: [old, recent] })
    await database.rows(
      "UPDATE message SET deleted_at = now() - $2 * interval '1 day' WHERE id = $1",
      [old, DELETED_MESSAGES_KEPT_DAYS + 1],
    )
    const dataSource = await createDataSource(database.url).initialize()
    await new MailRemover(dataSource).removeSome(new AbortController().signal)
    await dataSource.destroy()
    const left = (table: string, column: string) =>
      database.rows(
        `SELECT ${column} AS id FROM ${table} WHERE ${column} = ANY ($1::uuid[]) GROUP BY 1 ORDER BY 1`,
        [ids],
      )
    const kept = ids.filter((id) => id !== old).map((id) => ({ id }))
    expect(await left('message', 'id')).toEqual(kept)
    expect(await left('message_search', 'message_id')).toEqual(kept)
    expect(await left('message_source_part', 'message_id')).toEqual(kept)
    expect(await left('received_identity', 'message_id')).toEqual([{ id: old }])
    expect(await admin.ask(RESTORE_MESSAGES, { ids: [old, recent] })).toEqual({
      restoreMessages: [{ id: recent }],
    })
  })

  it('with their account all of it goes, deleted or not', async () => {
    const { accountId, ids } = await mailboxOf(numbered(3))
    await admin.ask(DELETE_MESSAGES, { ids: ids.slice(1) })
    await admin.ask(DELETE_ACCOUNT, { id: accountId })
    const dataSource = await createDataSource(database.url).initialize()
    await new MailRemover(dataSource).removeSome(new AbortController().signal)
    await dataSource.destroy()
    for (const table of ['message', 'mailbox_count', 'mail_removal']) {
      expect(
        await database.rows(`SELECT FROM ${table} WHERE account_id = $1`, [accountId]),
      ).toEqual([])
    }
  })
})

describe('mailboxes and mailboxChanged', () => {
  it("are a person's own, with what is unread, also where nothing is", async () => {
    const account = await createAccount(admin, other.id, mailServerId)
    await storeMessages(database, account.id, [subject('x')])
    const { mailboxes } = await other.client.ask<{ mailboxes: object[] }>(
      '{ mailboxes { accountId code name email unread folders { folder total unread } } }',
    )
    expect(mailboxes).toEqual([
      {
        accountId: account.id,
        code: account.code,
        name: account.email,
        email: account.email,
        unread: 1,
        folders: [
          { folder: 'INBOX', total: 1, unread: 1 },
          { folder: 'SENT', total: 0, unread: 0 },
          { folder: 'OUTBOX', total: 0, unread: 0 },
        ],
      },
    ])
  })

  it('tells of changes that another process made, of this account alone', async () => {
    const { accountId, ids } = await mailboxOf(numbered(2))
    const elsewhere = await mailboxOf(numbered(1))
    const second = await startApi(database.url)
    const socket = connect(admin)
    try {
      const changes = socket.iterate<{ mailboxChanged: { folders: { unread: number }[] } }>({
        query:
          'subscription ($id: ID!) { mailboxChanged(accountId: $id) { accountId change folders { unread } } }',
        variables: { id: accountId },
      })
      const next = async () => {
        const step = await changes.next()
        if (step.done === true) throw new Error('it ended')
        return step.value.data?.mailboxChanged.folders.map(({ unread }) => unread)
      }
      expect(await next()).toEqual([2, 0, 0])
      const client = await second.admin()
      await client.ask(MARK_READ, { ids: elsewhere.ids, read: true })
      await client.ask(MARK_READ, { ids: ids.slice(0, 1), read: true })
      expect(await next()).toEqual([1, 0, 0])
      await client.ask(DELETE_MESSAGES, { ids: ids.slice(1) })
      expect(await next()).toEqual([0, 0, 0])
    } finally {
      await socket.dispose()
      await second.close()
    }
  })
})

const HTML = `query ($id: ID!, $remote: Boolean) { message(id: $id) {
  html(remoteContent: $remote) hasRemoteContent remoteContentAllowed isHtmlCut text sourceUrl replyTo { address } inReplyTo references
  attachments { contentId isInline url } } }`
interface ReadHtml {
  readonly html: string | null
  readonly hasRemoteContent: boolean
  readonly remoteContentAllowed: boolean
  readonly isHtmlCut: boolean
  readonly text: string | null
  readonly sourceUrl: string
}
const htmlOf = async (id: string, remote?: boolean, client = admin) =>
  (await client.ask<{ message: ReadHtml }>(HTML, { id, remote })).message

describe('html', () => {
  it('shows what a message brings along, and what is elsewhere only to whoever wants it', async () => {
    const png = '89504e470d0a1a0a0000000d49484452'
    const { ids } = await mailboxOf([
      multipart(
        'related',
        mail(
          ['Content-Type: text/html'],
          '<script>x</script><p onclick="x">Hi</p><img src="cid:a@b"><img src="https://tracker.example/p.gif">',
        ),
        mail(
          [
            'Content-Type: image/svg+xml',
            'Content-ID: <a@b>',
            'Content-Disposition: inline',
            'Content-Transfer-Encoding: base64',
          ],
          Buffer.from(png, 'hex').toString('base64'),
        ),
      ),
      mailWith(
        'text/plain',
        'only text <b>',
        'Reply-To: r@example.jp',
        'References: <1@x> <2@x>',
        'In-Reply-To: <2@x>',
      ),
    ])
    const [id = '', plain = ''] = ids
    const shown = `<p>Hi</p><img src="data:image/png;base64,${Buffer.from(png, 'hex').toString('base64')}">`
    expect(await htmlOf(id)).toMatchObject({
      html: `${shown}<img>`,
      hasRemoteContent: true,
      remoteContentAllowed: false,
      isHtmlCut: false,
      attachments: [{ contentId: 'a@b', isInline: true }],
    })
    const remote = `${shown}<img src="https://tracker.example/p.gif" referrerpolicy="no-referrer">`
    expect((await htmlOf(id, true)).html).toBe(remote)
    expect(await htmlOf(plain)).toMatchObject({
      ...{ html: null, hasRemoteContent: false, text: 'only text <b>' },
      ...{
        replyTo: [{ address: 'r@example.jp' }],
        inReplyTo: '<2@x>',
        references: ['<1@x>', '<2@x>'],
      },
    })
  })

  it('of a sender whose pictures somebody wants has them, for this person and until it is taken back', async () => {
    const account = await createAccount(admin, other.id, mailServerId)
    const source = mail(
      ['From: News <News@Example.com>', 'Content-Type: text/html'],
      '<img src="https://e.example/x">',
    )
    const [id = ''] = await storeMessages(database, account.id, [source])
    await untilParsed(database)
    const show = 'mutation ($sender: String!) { showRemoteContent(sender: $sender) }'
    await other.client.ask(show, { sender: ' news@example.COM ' })
    await other.client.ask(show, { sender: 'news@example.com' })
    expect(await htmlOf(id, undefined, other.client)).toMatchObject({
      html: '<img src="https://e.example/x" referrerpolicy="no-referrer">',
      remoteContentAllowed: true,
    })
    expect((await htmlOf(id, false, other.client)).html).toBe('<img>')
    expect(await htmlOf(id)).toMatchObject({ html: '<img>', remoteContentAllowed: false })
    await other.client.ask('mutation ($sender: String!) { hideRemoteContent(sender: $sender) }', {
      sender: 'news@example.com',
    })
    expect(await htmlOf(id, undefined, other.client)).toMatchObject({
      html: '<img>',
      remoteContentAllowed: false,
    })
    await database.rows(
      "INSERT INTO remote_content_sender SELECT $1, n || '@x' FROM generate_series(1, 1000) AS n",
      [other.id],
    )
    expect((await other.client.fail(show, { sender: 'one@more' })).extensions.code).toBe('CONFLICT')
  })

  it('L-14: that is too much is cut or left to the text, and blocks nobody', async () => {
    const { ids } = await mailboxOf([
      mailWith('text/html', `<p>start</p>${'<div>'.repeat(200_000)}`),
      mailWith('text/html', `<p>five megabytes</p>${'<p>word</p>'.repeat(500_000)}`),
      mailWith(
        'text/html',
        `<p>cells</p><table><tr>${'<td style="color: red">x</td>'.repeat(50_000)}`,
      ),
      mailWith('text/html', `<p>kept</p><svg>${'<g/>'.repeat(400_000)}</svg>`),
    ])
    for (const id of ids) {
      // Whichever of them a slow machine does not get done in time: somebody reads something.
      const { html, isHtmlCut, text, sourceUrl } = await htmlOf(id)
      expect((html ?? text ?? sourceUrl).slice(0, 100)).toMatch(/start|five|cells|kept|source/)
      if (html === null && text !== null) expect(isHtmlCut).toBe(true)
    }
    expect((await htmlOf(ids[0] ?? '')).isHtmlCut).toBe(true)
  })

  it('J-9: nothing is fetched while mail is parsed and read', async () => {
    let connections = 0
    const beacon = createServer((_, response) => response.end())
    beacon.on('connection', () => (connections += 1))
    await new Promise<void>((resolve) => beacon.listen(0, '127.0.0.1', resolve))
    const { port } = beacon.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    const { ids, accountId } = await mailboxOf([
      mailWith('text/html', remoteVectors(url).join('\n')),
      mail(
        [
          'Content-Type: text/plain',
          `List-Unsubscribe: <${url}/u>`,
          `Disposition-Notification-To: <x@127.0.0.1>`,
        ],
        `see ${url}/link`,
      ),
      mailWith(`message/external-body; access-type=URL; URL="${url}/external"`, ''),
    ])
    for (const id of ids) {
      for (const remote of [true, false]) await htmlOf(id, remote)
    }
    await page({ accountId, search: 'see' })
    expect(connections).toBe(0)
    await fetch(url)
    expect(connections).toBe(1)
    await new Promise((resolve) => beacon.close(resolve))
  })
})
