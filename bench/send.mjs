// npm run bench:send: Mailroom beside smtp-source and msmtp, on one Postfix and one disk in one run.
// What Mailroom takes includes its outbox: from the first sendMail until the last message is SENT.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbeddedPostgres } from '../packages/api/dist/db/embedded-postgres.js'
import { startProduct, stopProduct } from './receive-product.mjs'

const FIXTURE = fileURLToPath(
  new URL('../packages/api/test/support/mail-servers/main.ts', import.meta.url),
)
const ROUNDS = 3
const MESSAGES = 500
const BYTES = 5_000
/** As many as Mailroom opens to one server. */
const CONNECTIONS = 4
const GOAL = 1.5
const FROM = 'alice@mail.test'
const TO = 'box1@mail.test'
/** People and programs that send at a time. */
const CALLERS = 8
const POLL_MS = 50

const dataDir = mkdtempSync(join(tmpdir(), 'mailroom-bench-'))
chmodSync(dataDir, 0o755)
const fixture = spawn(process.execPath, [FIXTURE], { stdio: ['pipe', 'pipe', 'inherit'] })
const [line] = await once(createInterface({ input: fixture.stdout }), 'line')
const mail = JSON.parse(line)
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
const client = new pg.Client(postgres.url)
client.on('error', () => undefined)
try {
  await client.connect()
  await main()
} finally {
  await client.end()
  await stopProduct()
  await postgres.stop()
  fixture.kill('SIGTERM')
  if (fixture.exitCode === null) await once(fixture, 'exit')
  rmSync(dataDir, { recursive: true, force: true })
}

async function main() {
  const { rows } = await client.query(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  )
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}`,
  )
  console.log(
    `${MESSAGES} messages of ${BYTES} bytes; PostgreSQL: fsync ${rows[0].fsync}, synchronous_commit ${rows[0].commit}`,
  )
  const api = await startProduct({ databaseUrl: postgres.url, dataDir })
  const accountId = await createAccount(api)
  const contestants = [
    ['Mailroom, outbox included', () => measureMailroom(api, accountId)],
    [`smtp-source, ${CONNECTIONS} connections`, () => measureSmtpSource(CONNECTIONS)],
    ['smtp-source, 1 connection', () => measureSmtpSource(1)],
    ...(has('msmtp') ? [['msmtp', measureMsmtp]] : []),
  ]
  const best = new Map(contestants.map(([title]) => [title, Infinity]))
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [title, measure] of contestants) {
      const seconds = await measure()
      best.set(title, Math.min(best.get(title), seconds))
      const load = loadavg()[0]?.toFixed(1)
      console.log(`  round ${round}, load ${load}: ${title.padEnd(30)} ${seconds.toFixed(2)} s`)
    }
  }
  const [[mine, own], [theirs, peer]] = [...best]
  const ratio = own / peer
  console.log(`${mine}: ${ratio.toFixed(2)} × ${theirs} (best of ${ROUNDS}; goal ${GOAL})`)
  if (ratio > GOAL) process.exitCode = 1
}

async function createAccount({ ask, adminId }) {
  const { host, ports } = mail
  const side = { host, encryption: 'NONE' }
  const { createMailServer } = await ask(
    'mutation ($input: MailServerInput!) { createMailServer(input: $input) { id } }',
    {
      input: {
        ...{ code: 'bench', name: 'bench' },
        incoming: { ...side, protocol: 'IMAP4', port: ports.imap },
        outgoing: { ...side, port: ports.smtp },
      },
    },
  )
  const { createMailAccount } = await ask(
    'mutation ($input: MailAccountInput!) { createMailAccount(input: $input) { id } }',
    {
      input: {
        ...{ code: 'bench', name: '', email: FROM, userId: adminId },
        ...{ mailServerId: createMailServer.id, incomingUsername: 'alice' },
      },
    },
  )
  return createMailAccount.id
}

async function measureMailroom({ ask }, accountId) {
  const text = `${'x'.repeat(70)}\n`.repeat(Math.round(BYTES / 71))
  const input = { accountId, to: [TO], subject: 'bench', text }
  const { rows } = await client.query(
    'SELECT coalesce((SELECT id::text FROM sending ORDER BY id DESC LIMIT 1), $1) AS last',
    ['00000000-0000-0000-0000-000000000000'],
  )
  const began = performance.now()
  let left = MESSAGES
  const caller = async () => {
    while (left-- > 0) {
      await ask('mutation ($input: SendMailInput!) { sendMail(input: $input) { id } }', { input })
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  for (;;) {
    const { rows: states } = await client.query(
      'SELECT state, count(*)::int AS count FROM sending WHERE id > $1 GROUP BY state',
      [rows[0].last],
    )
    const count = (state) => states.find((each) => each.state === state)?.count ?? 0
    if (count('SENT') === MESSAGES) return (performance.now() - began) / 1_000
    if (count('FAILED') + count('UNCONFIRMED') > 0) throw new Error(JSON.stringify(states))
    await sleep(POLL_MS)
  }
}

async function measureSmtpSource(sessions) {
  const args = ['-m', MESSAGES, '-l', BYTES, '-s', sessions, '-f', FROM, '-t', TO]
  return timed('smtp-source', [...args.map(String), `${mail.host}:${mail.ports.smtp}`])
}

/** One process and one connection a message, as a program that calls it has it. */
async function measureMsmtp() {
  const host = [`--host=${mail.host}`, `--port=${mail.ports.smtp}`, `--from=${FROM}`, TO]
  const message = `Subject: bench\n\n${`${'x'.repeat(70)}\n`.repeat(Math.round(BYTES / 71))}`
  const began = performance.now()
  for (let n = 0; n < MESSAGES; n += 1) {
    const { status } = spawnSync('msmtp', host, { input: message })
    if (status !== 0) throw new Error(`msmtp ended with ${status}`)
  }
  return (performance.now() - began) / 1_000
}

async function timed(command, args) {
  const began = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
  return (performance.now() - began) / 1_000
}

function has(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}
