// npm run bench: Mailroom beside a bare Node http + pg server, and beside psql, on one database in one run.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import pg from 'pg'
import { startEmbeddedPostgres } from '../packages/api/dist/db/embedded-postgres.js'
import { measureImport } from './import-accounts.mjs'
import { measureMailbox } from './mailbox.mjs'
import { measureManyAccounts } from './many-accounts.mjs'
import { measureSignIn } from './sign-in-time.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const MAIN = join(HERE, '../packages/api/dist/main.js')
const PASSWORD = 'correct horse battery'
const CONNECTIONS = 16
const ROUNDS = 5
const SECONDS = 4
const REORDER_ROUNDS = 7

const OPTIONS = '{ mailServerOptions { id code name deletedAt } }'
const SERVERS = `{ mailServers { id code name position accountCount version createdAt updatedAt deletedAt
  outgoing { host port encryption authMethod credentials popBeforeSmtp popBeforeSmtpWaitSeconds timeoutSeconds pinnedCertificate }
  incoming { protocol host port encryption apop timeoutSeconds pinnedCertificate } } }`

let databases = 0
const dataDir = mkdtempSync(join(tmpdir(), 'mailroom-bench-'))
chmodSync(dataDir, 0o755)
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
const children = []
try {
  await main()
} finally {
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(
    children.map(
      (child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)),
    ),
  )
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function main() {
  const processor = cpus()[0]?.model ?? 'unknown'
  console.log(
    `Node ${process.version}, ${cpus().length} × ${processor}, ${new Date().toISOString().slice(0, 10)}`,
  )
  // npm run bench -- mailbox: that alone.
  if (process.argv[2] === 'mailbox') return measureMailbox(startBoth, median)
  console.log(`${CONNECTIONS} connections, ${ROUNDS} alternating rounds of ${SECONDS} s, medians\n`)
  await compareReading('mailServerOptions, 200 servers', 200, OPTIONS, '/options', 2.0)
  await compareReading('mailServers, 50 servers, every field', 50, SERVERS, '/servers', 0.6)
  await compareReorder(10_000, 2)
  console.log()
  await measureManyAccounts(startBoth, dataDir, median)
  await measureMailbox(startBoth, median)
  await measureImport(startBoth, dataDir)
  await measureSignIn(startBoth, median)
}

async function compareReading(title, count, query, barePath, goal) {
  const { api, bare, cookie } = await startBoth(count)
  const kept = { url: `${api}/graphql`, body: () => JSON.stringify({ query }) }
  let nonce = 0
  // A comment of its own makes each request another one, for which nothing is kept.
  const read = {
    url: `${api}/graphql`,
    body: () => JSON.stringify({ query: `#${(nonce += 1)}\n${query}` }),
  }
  const plain = { url: bare + barePath, body: () => '{}' }
  const results = { kept: [], read: [], plain: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    results.plain.push(await load(plain, cookie))
    results.kept.push(await load(kept, cookie))
    results.read.push(await load(read, cookie))
  }
  const [m, r, b] = [results.kept, results.read, results.plain].map(median)
  console.log(title)
  console.log(`  Mailroom                    ${format(m)} requests/s`)
  console.log(`  Mailroom, nothing kept      ${format(r)} requests/s  ${(r / b).toFixed(2)} × bare`)
  console.log(`  bare Node http + pg         ${format(b)} requests/s`)
  console.log(`  ratio ${(m / b).toFixed(2)} × (goal: at least ${goal.toFixed(1)} ×)\n`)
}

async function compareReorder(count, goal) {
  const { api, cookie, url, ids } = await startBoth(count)
  const query = 'mutation ($ids: [ID!]!) { reorderMailServers(ids: $ids) { id } }'
  const ours = []
  const theirs = []
  let order = ids
  for (let round = 0; round < REORDER_ROUNDS; round += 1) {
    order = [...order].reverse()
    const began = performance.now()
    const response = await fetch(`${api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query, variables: { ids: order } }),
    })
    const { data, errors } = await response.json()
    ours.push(performance.now() - began)
    if (data?.reorderMailServers?.length !== count) throw new Error(JSON.stringify(errors))
    order = [...order].reverse()
    theirs.push(psql(url, order))
  }
  const [m, p] = [ours, theirs].map(median)
  console.log(`reorder of ${count}, each row moved`)
  console.log(`  Mailroom, over HTTP, ids answered  ${m.toFixed(0)} ms`)
  console.log(`  the same statement in psql         ${p.toFixed(0)} ms`)
  console.log(`  ratio ${(m / p).toFixed(2)} × (goal: at most ${goal} ×)`)
}

/** Milliseconds of the statement as psql's \timing has them. */
function psql(url, ids) {
  const file = join(dataDir, 'reorder.sql')
  writeFileSync(
    file,
    `\\timing on
UPDATE mail_server SET position = wanted.position
FROM unnest('{${ids.join(',')}}'::uuid[]) WITH ORDINALITY AS wanted (id, position)
WHERE mail_server.id = wanted.id AND mail_server.position <> wanted.position;\n`,
  )
  const output = execFileSync('psql', [url, '-X', '-q', '-f', file], { encoding: 'utf8' })
  return Number(/Time: ([\d.]+) ms/.exec(output)?.[1])
}

/** Both servers on a database of `count` servers, each server process on one core, and a session. */
async function startBoth(count) {
  const url = await seed()
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    PORT: '0',
    MAILROOM_ADMIN_PASSWORD: PASSWORD,
    MAILROOM_DATA_DIR: dataDir,
    MAILROOM_LOG_LEVEL: 'warn',
  }
  const api = await started(MAIN, env)
  const { pid } = children.at(-1)
  const bare = await started(join(HERE, 'bare-server.mjs'), env)
  const query = `mutation { signIn(loginName: "admin", password: "${PASSWORD}") { id } }`
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const cookie = response.headers.get('set-cookie').split(';')[0]
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  await fill(client, count)
  const { rows } = await client.query('SELECT id FROM mail_server ORDER BY position')
  await client.end()
  return { api, bare, cookie, pid, url, ids: rows.map(({ id }) => id) }
}

async function seed() {
  databases += 1
  const name = `bench_${databases}`
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return postgres.url.replace(/\/mailroom$/, `/${name}`)
}

async function fill(client, count) {
  await client.query(
    `INSERT INTO mail_server (code, code_key, name, position,
       outgoing_host, outgoing_port, outgoing_encryption, outgoing_auth_method, outgoing_credentials,
       outgoing_pop_before_smtp, outgoing_pop_before_smtp_wait_seconds, outgoing_timeout_seconds,
       incoming_protocol, incoming_host, incoming_port, incoming_encryption, incoming_auth_method, incoming_apop, incoming_timeout_seconds)
     SELECT 'server-' || n, 'server-' || n, 'メールサーバー ' || n, n,
       'smtp' || n || '.example.co.jp', 465, 'SSL', 'PLAIN', 'INCOMING', false, 0, 30,
       'IMAP4', 'imap' || n || '.example.co.jp', 993, 'SSL', 'PASSWORD', false, 30
     FROM generate_series(1, $1::int) AS n`,
    [count],
  )
  await client.query('ANALYZE mail_server')
  // Written past the API, so the API is told as another process of it would tell.
  await client.query("SELECT pg_notify('mailroom_change', 'mail-server')")
}

function started(file, env) {
  const child = spawn('taskset', ['-c', '0', process.execPath, file], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const address = /ready: (http:\S+)/.exec(String(chunk))?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
}

async function load({ url, body }, cookie) {
  const result = await autocannon({
    url,
    method: 'POST',
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { 'content-type': 'application/json', cookie },
    requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }],
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`)
  return result.requests.average
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function format(value) {
  return Math.round(value).toLocaleString('en').padStart(7)
}
