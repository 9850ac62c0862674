// npm run bench:receive: Mailroom beside mbsync, fetchmail and getmail6, on one Dovecot and one disk in
// one run. A round before the first makes everybody warm and is not counted. With --tls all of them receive
// over TLS; with --profile the worker writes a CPU profile; --fast leaves out those that take minutes.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../packages/api/dist/db/embedded-postgres.js'
import { startMailboxes } from './receive-mail.mjs'
import { findPeers } from './receive-peers.mjs'
import { measureMailroom, startProduct, stopProduct } from './receive-product.mjs'

const GOAL = 0.5
const PEER = 'mbsync, IMAP4, fsync'

const { values } = parseArgs({
  options: {
    tls: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
  },
})
const { tls: isTls, profile: isProfiled } = values
const rounds = Number(values.rounds)
const dataDir = mkdtempSync(join(tmpdir(), 'mailroom-bench-'))
chmodSync(dataDir, 0o755)
const mail = await startMailboxes()
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
const client = new pg.Client(postgres.url)
client.on('error', () => undefined)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void end().finally(() => process.exit(1)))
}
try {
  await client.connect()
  await main()
} finally {
  await end()
}

async function end() {
  await client.end()
  await stopProduct()
  await postgres.stop()
  await mail.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function main() {
  const { rows } = await client.query(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  )
  const megabytes = (mail.totalBytes / 1e6).toFixed(1)
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}`,
  )
  console.log(
    `${mail.hashes.length} messages, ${megabytes} MB, ${isTls ? 'over TLS' : 'without TLS'}; PostgreSQL: fsync ${rows[0].fsync}, synchronous_commit ${rows[0].commit}`,
  )
  const api = await startProduct({ databaseUrl: postgres.url, dataDir, isProfiled })
  const contestants = [
    ...['POP3', 'IMAP4'].map((protocol) => ({
      title: `Mailroom, ${protocol}`,
      measure: () => measureMailroom(api, { mail, client, protocol, isTls }),
    })),
    ...findPeers()
      .filter(({ isSlow }) => !(isSlow && values.fast))
      .map(theirs),
  ]
  const results = new Map(contestants.map(({ title }) => [title, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const { title, measure, isSlow } of contestants) {
      // They take minutes, and the others would be measured on another day.
      if (isSlow && round !== 1) continue
      const result = await measure(round)
      if (round > 0) results.get(title)?.push(result)
      console.log(
        `  ${round === 0 ? 'warm-up' : `round ${round}`}, load ${loadavg()[0]?.toFixed(1)}: ${title.padEnd(30)} ${result.seconds.toFixed(2)} s${told(result)}`,
      )
    }
  }
  summarise(results)
}

function theirs({ title, isSlow, receive, count }, index) {
  return {
    ...{ title, isSlow },
    async measure(round) {
      const folder = join(dataDir, `peer-${index}-${round}`)
      mkdirSync(folder)
      const seconds = await receive({ ...mail, isTls }, await mail.next(), folder)
      if (seconds === Infinity) return { seconds }
      const received = await count(folder)
      if (received !== mail.hashes.length) throw new Error(`${title} has received ${received}`)
      return { seconds }
    },
  }
}

function told({ runSeconds, parsedSeconds, peakMiB }) {
  if (runSeconds === undefined) return ''
  return `, the run itself ${runSeconds.toFixed(2)} s, all parsed after ${parsedSeconds.toFixed(2)} s, worker at most ${peakMiB.toFixed(0)} MiB`
}

function summarise(results) {
  const medianOf = (title, key) => median((results.get(title) ?? []).map((result) => result[key]))
  const base = results.has(PEER) ? medianOf(PEER, 'seconds') : undefined
  console.log(
    `\nmedians of ${rounds} rounds (fetchmail and getmail6: one); what Mailroom stored compared by SHA-256`,
  )
  for (const [title, [first]] of results) {
    const seconds = medianOf(title, 'seconds')
    const ratio = base === undefined ? '' : `  ${(seconds / base).toFixed(2)} × mbsync`
    const medians = Object.fromEntries(Object.keys(first).map((key) => [key, medianOf(title, key)]))
    const goal = 'runSeconds' in first && base !== undefined ? ` (goal: at most ${GOAL} ×)` : ''
    console.log(
      `  ${title.padEnd(30)} ${seconds.toFixed(2).padStart(6)} s${ratio}${goal}${told(medians)}`,
    )
  }
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
