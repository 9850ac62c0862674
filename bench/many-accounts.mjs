// Lists, pages, search and the dropdown with 10,000 servers and 100,000 accounts, beside the plain
// statements in psql on the same rows.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { answered } from './answered.mjs'

const PEOPLE = 20_000
const ACCOUNTS = 100_000
const ROUNDS = 15
const DROPDOWN = '{ mailServerOptions { id code name deletedAt } }'
const PAGE = `query ($first: Int!, $after: String, $search: String, $mailServerId: ID) {
  mailAccountsPage(first: $first, after: $after, search: $search, mailServerId: $mailServerId) {
    edges { node { id code name email enabled mailServer { id code name deletedAt } user { id loginName displayName } } }
    pageInfo { hasNextPage endCursor } } }`
const JOINED = `SELECT a.id, a.code, a.name, a.email, a.enabled, s.id, s.code, s.name, s.deleted_at, u.id, u.login_name, u.display_name
  FROM mail_account a JOIN mail_server s ON s.id = a.mail_server_id JOIN app_user u ON u.id = a.user_id`

/**
 * @param startBoth starts API and database with so many servers (run.mjs)
 * @param dataDir a folder for scratch files
 */
export async function measureManyAccounts(startBoth, dataDir, median) {
  const { api, cookie, url } = await startBoth(10_000)
  await fillAccounts(url)
  const psql = (statement) => psqlMs(url, dataDir, statement)
  const ask = (query, variables) => answered(api, cookie, query, variables)
  const { mailAccountsPage: far } = await ask(PAGE, { first: 500 })
  const { endCursor } = far.pageInfo
  const [someServer] = far.edges.map(({ node }) => node.mailServer.id)
  const rows = [
    ['first page of 50 accounts', PAGE, { first: 50 }, `${JOINED} ORDER BY a.code_key LIMIT 51`],
    [
      'the page after 500 accounts',
      PAGE,
      { first: 50, after: endCursor },
      `${JOINED} ORDER BY a.code_key LIMIT 51 OFFSET 500`,
    ],
    [
      'search, one account of 100,000',
      PAGE,
      { first: 50, search: 'person77777@example' },
      `${JOINED} WHERE a.email ILIKE '%person77777@example%' ORDER BY a.code_key LIMIT 51`,
    ],
    [
      'accounts of one server',
      PAGE,
      { first: 50, mailServerId: someServer },
      `${JOINED} WHERE a.mail_server_id = '${someServer}' ORDER BY a.code_key LIMIT 51`,
    ],
    [
      'dropdown of 10,000 servers, nothing kept',
      DROPDOWN,
      {},
      'SELECT id, code, name, deleted_at FROM mail_server WHERE deleted_at IS NULL ORDER BY position',
    ],
  ]
  console.log(
    `10,000 servers, ${ACCOUNTS.toLocaleString('en')} accounts, ${PEOPLE.toLocaleString('en')} people; one caller, medians of ${ROUNDS}`,
  )
  for (const [title, query, variables, statement] of rows) {
    const [ours, plain] = await alternate(
      // A comment of its own makes each request another one, for which nothing is kept.
      (round) => ask(`# ${title} ${round}\n${query}`, variables),
      () => psql(statement),
    )
    print(title, median(ours), median(plain))
  }
  const [kept] = await alternate(
    () => ask(DROPDOWN, {}),
    () => 0,
  )
  console.log(
    `  ${'dropdown of 10,000 servers, kept'.padEnd(42)} ${median(kept).toFixed(1).padStart(7)} ms\n`,
  )
}

function print(title, ours, plain) {
  console.log(
    `  ${title.padEnd(42)} ${ours.toFixed(1).padStart(7)} ms   psql ${plain.toFixed(1).padStart(7)} ms   ${(ours / plain).toFixed(2)} ×`,
  )
}

/** Milliseconds of both, in turns. */
async function alternate(ours, theirs) {
  const results = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now()
    await ours(round)
    results[0].push(performance.now() - began)
    results[1].push(theirs())
  }
  return results
}

function psqlMs(url, dataDir, statement) {
  const file = join(dataDir, 'statement.sql')
  writeFileSync(file, `\\timing on\n${statement};\n`)
  const output = execFileSync('psql', [url, '-X', '-q', '-A', '-t', '-f', file], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return Number(/Time: ([\d.]+) ms/.exec(output)?.[1])
}

async function fillAccounts(url) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await insertAll(client)
  } finally {
    await client.end()
  }
}

async function insertAll(client) {
  await client.query(
    `INSERT INTO app_user (login_name, login_name_key, display_name, role)
     SELECT 'person' || n, 'person' || n, '利用者 ' || n, 'USER' FROM generate_series(1, $1::int) AS n`,
    [PEOPLE],
  )
  await client.query(
    `WITH person AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM app_user WHERE role = 'USER'),
          server AS (SELECT id, position AS n FROM mail_server)
     INSERT INTO mail_account (code, code_key, name, email, search_text, user_id, mail_server_id, incoming_username, leave_on_server, enabled)
     SELECT 'account-' || a, 'account-' || a, '窓口 ' || a, 'person' || a || '@example.co.jp',
       'account-' || a || E'\\n窓口 ' || a || E'\\nperson' || a || '@example.co.jp',
       person.id, server.id, 'person' || a, true, true
     FROM generate_series(1, $1::int) AS a
     JOIN person ON person.n = 1 + a % $2::int JOIN server ON server.n = 1 + a % 10000`,
    [ACCOUNTS, PEOPLE],
  )
  await client.query('ANALYZE')
  await client.query("SELECT pg_notify('mailroom_change', 'mail-server')")
}
