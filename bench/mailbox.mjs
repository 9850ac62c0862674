// A mailbox of 200,000 messages: lists, search and opening one, over HTTP, one caller.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { searchTerms } from '../packages/api/dist/parsing/search-terms.js'
import { answered } from './answered.mjs'

const MESSAGES = 200_000
/** Of another account in the same tables: nobody's mailbox is alone. */
const OTHERS = 50_000
const BATCH = 1_000
const ROUNDS = 15
const PAGE = `query ($accountId: ID!, $search: String, $after: String, $unreadOnly: Boolean! = false) {
  messages(accountId: $accountId, search: $search, after: $after, unreadOnly: $unreadOnly) {
    edges { node { id subject snippet read date from { name address } attachmentCount } }
    pageInfo { hasNextPage endCursor } totalCount unreadCount } }`
const OPEN = `query ($id: ID!) { message(id: $id) {
  subject text html to { name address } cc { name address } attachments { id filename } sourceUrl } }`
const MARK = 'mutation ($ids: [ID!]!, $read: Boolean!) { markRead(ids: $ids, read: $read) { id } }'

/** @param startBoth starts API and database with so many servers (run.mjs) */
export async function measureMailbox(startBoth, median) {
  const { api, cookie, url, ids } = await startBoth(1)
  const ask = (query, variables) => answered(api, cookie, query, variables)
  const { me } = await ask('{ me { id } }')
  const accountIds = []
  for (const code of ['box-1', 'box-2']) {
    const input = {
      userId: me.id,
      mailServerId: ids[0],
      code,
      name: '',
      email: `${code}@example.jp`,
    }
    const { createMailAccount } = await ask(
      'mutation ($input: MailAccountInput!) { createMailAccount(input: $input) { id } }',
      { input: { ...input, incomingUsername: code } },
    )
    accountIds.push(createMailAccount.id)
  }
  await fillMailboxes(url, accountIds)
  const [accountId] = accountIds
  const page = async (variables) => (await ask(PAGE, { accountId, ...variables })).messages
  const middle = await idAt(url, accountId, MESSAGES / 2)
  const rows = [
    ['first page of 50, with both counts', () => page({})],
    ['a page in the middle', () => page({ after: middle })],
    ['unread only', () => page({ unreadOnly: true })],
    ['search, a word of one message', () => page({ search: 'unique77777' })],
    ['search, two characters of 0.5 %', () => page({ search: '請求' })],
    ['search, five characters', () => page({ search: '請求書送付' })],
    ['search, one character', () => page({ search: '請' })],
    ['search, a word of every message', () => page({ search: 'example' })],
    ['search, nothing to find', () => page({ search: '存在しない言葉' })],
    ['open a message with HTML of 30 kB', () => ask(OPEN, { id: middle })],
    ['mark 50 as read', (round) => ask(MARK, { ids: marked, read: round % 2 === 0 })],
  ]
  const marked = (await page({})).edges.map(({ node }) => node.id)
  console.log(`${MESSAGES.toLocaleString('en')} messages; one caller, medians of ${ROUNDS}`)
  for (const [title, run] of rows) {
    const times = []
    let found
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now()
      found = await run(round)
      times.push(performance.now() - began)
    }
    const most = Math.max(...times)
      .toFixed(0)
      .padStart(6)
    const count = found.totalCount === undefined ? '' : `   ${found.totalCount} found`
    console.log(
      `  ${title.padEnd(40)} ${median(times).toFixed(1).padStart(7)} ms   at most ${most} ms${count}`,
    )
  }
  console.log(`  ${await sizes(url)}\n`)
}

async function fillMailboxes(url, [own, other]) {
  const client = new pg.Client(url)
  await client.connect()
  for (let n = 0; n < MESSAGES + OTHERS; n += BATCH) {
    const accountId = n < MESSAGES ? own : other
    await insert(
      client,
      accountId,
      Array.from({ length: BATCH }, (_, m) => messageOf(n + m)),
    )
  }
  await client.query('VACUUM ANALYZE')
  await client.end()
}

async function insert(client, accountId, messages) {
  await client.query(
    `WITH new AS (
       SELECT uuidv7() AS id, * FROM unnest($2::text[], $3::text[], $4::bool[], $5::text[])
         AS given (subject, text, is_read, terms)),
     kept AS (
       INSERT INTO message (id, account_id, folder, size_bytes, sha256, is_read, parse_state, subject,
         from_name, from_address, sent_at, snippet)
       SELECT id, $1, 'INBOX', 5000, $6, is_read, 'PARSED', subject, '山田', 'yamada@example.jp', now(),
         left(text, 200) FROM new),
     found AS (
       INSERT INTO message_search
       SELECT id, array_to_tsvector(string_to_array(terms, ' ') || ('account-' || $1)) FROM new)
     INSERT INTO message_content (message_id, reply_to, recipients, copies, message_references, text, html, is_cut)
     SELECT id, '[]', '[]', '[]', '{}', text, repeat('<p style="color: #333">' || left(text, 250) || '</p>', 100), false
     FROM new`,
    [
      accountId,
      messages.map(({ subject }) => subject),
      messages.map(({ text }) => text),
      messages.map(({ isRead }) => isRead),
      messages.map(({ terms }) => terms.join(' ')),
      createHash('sha256').digest(),
    ],
  )
}

const KANJI =
  '日本語会議資料送付確認御中営業部東京大阪見積注文納品契約担当者連絡先変更予定来週今月計画報告'
const KANA = 'のをにはがとでもからまですましたください'

/** The same in each run: words of a language with many, some Japanese, and now and then an invoice. */
function messageOf(n) {
  let seed = (n + 1) * 2_654_435_761
  const random = (below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const words = Array.from(
    { length: 60 },
    () => `w${Math.floor(random(20_000) ** 0.8).toString(36)}`,
  )
  const japanese = Array.from({ length: 80 }, (_, at) =>
    at % 3 === 2 ? KANA[random(KANA.length)] : KANJI[random(KANJI.length)],
  ).join('')
  const subject = n % 200 === 0 ? `請求書送付のご案内 ${n}` : `${japanese.slice(0, 12)} ${n}`
  const text = `${japanese} ${words.join(' ')} unique${n}`
  const terms = searchTerms([subject, '山田 yamada@example.jp', text])
  return { subject, text, isRead: n % 10 !== 0, terms }
}

async function idAt(url, accountId, offset) {
  return (
    await rowOf(url, 'SELECT id FROM message WHERE account_id = $1 ORDER BY id OFFSET $2 LIMIT 1', [
      accountId,
      offset,
    ])
  ).id
}

async function sizes(url) {
  const { message, search, terms } = await rowOf(
    url,
    `SELECT pg_size_pretty(pg_total_relation_size('message')) AS message,
       pg_size_pretty(pg_total_relation_size('message_search')) AS search,
       pg_size_pretty(pg_relation_size('message_search_terms')) AS terms`,
  )
  return `tables: message ${message}, message_search ${search}, of which its index ${terms}`
}

async function rowOf(url, sql, values) {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(sql, values)
  await client.end()
  return rows[0]
}
