// How long stored messages take to be read: npm --prefix bench run bench:parse -- [--beside <another built checkout>] [--rounds 3]
import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const HERE = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { beside: { type: 'string' }, rounds: { type: 'string', default: '3' } },
})
const checkouts = [HERE, ...(values.beside === undefined ? [] : [resolve(values.beside)])]
const MESSAGES = 2_000
const LOOK_MS = 20

const load = (checkout, path) => import(join(checkout, 'packages/api/dist', path))

/** Text, HTML and, every tenth time, an attachment of 100 kB. */
function sourceOf(n) {
  const words = `言葉 number ${n} `.repeat(20 + (n % 100))
  const part = (type, body) => `--b\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`
  const file =
    n % 10 > 0
      ? ''
      : `--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'A'.repeat(76)}\r\n`.repeat(1_750)}`
  return Buffer.from(
    `From: Taro <taro@example.jp>\r\nTo: hanako@example.jp\r\nSubject: =?utf-8?B?${Buffer.from(`件名 ${n}`).toString('base64')}?=\r\nMessage-ID: <${n}@example.jp>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part('text/plain', words)}${part('text/html', `<p>${words}</p>`)}${file}--b--\r\n`,
  )
}

const sources = Array.from({ length: MESSAGES }, (_, n) => sourceOf(n))

/** Stores all of them anew and waits until they are read by that checkout's code. */
async function measure(checkout, url) {
  const { createDataSource } = await load(checkout, 'db/data-source.js')
  const { ChangeFeed } = await load(checkout, 'db/change-feed.js')
  const { PostgresSourceStore } = await load(checkout, 'message/message-source-store.js')
  const pending = await load(checkout, 'message/parse-pending.js')
  const { MessageParser } = await load(checkout, 'parsing/message-parser.js')
  const { createLogger } = await load(checkout, 'logger.js')
  const dataSource = await createDataSource(url).initialize()
  const store = new PostgresSourceStore(dataSource)
  await dataSource.query('DELETE FROM message')
  await dataSource.transaction(async (manager) => {
    const rows = await manager.query(
      `INSERT INTO message (account_id, folder, size_bytes, sha256)
       SELECT uuidv7(), 'INBOX', size, sha256(size::text::bytea) FROM unnest($1::int[]) AS size
       RETURNING id`,
      [sources.map(({ length }) => length)],
    )
    await store.put(
      manager,
      rows.map(({ id }, n) => ({ messageId: id, source: sources[n] })),
    )
  })
  await dataSource.query('VACUUM ANALYZE message')
  await dataSource.query('CHECKPOINT')
  const logger = createLogger('warn')
  const parser = new MessageParser({ threads: pending.PARSED_AT_ONCE })
  const parsing = new pending.ParsePending({
    ...{ dataSource, sources: store, parser, changes: new ChangeFeed(url, logger) },
    isReceiving: () => false,
    logger,
  })
  const began = performance.now()
  parsing.start()
  for (;;) {
    const [row] = await dataSource.query(
      `SELECT FROM message WHERE parse_state = 'PENDING' LIMIT 1`,
    )
    if (row === undefined) break
    await new Promise((done) => setTimeout(done, LOOK_MS))
  }
  const took = (performance.now() - began) / 1_000
  const [{ count }] = await dataSource.query('SELECT count(*)::int FROM message_content')
  if (count !== MESSAGES) throw new Error(`${count} read`)
  await parsing.stop()
  await parser.close()
  await dataSource.destroy()
  return took
}

const dataDir = await mkdtemp(join(tmpdir(), 'mailroom-bench-'))
await chmod(dataDir, 0o755)
const { startEmbeddedPostgres } = await load(HERE, 'db/embedded-postgres.js')
const { createDataSource } = await load(HERE, 'db/data-source.js')
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined })
try {
  const { migrate } = await load(HERE, 'db/migrate.js')
  const dataSource = await createDataSource(postgres.url).initialize()
  await migrate(dataSource)
  await dataSource.destroy()
  for (let round = 1; round <= Number(values.rounds); round++) {
    const took = []
    for (const checkout of checkouts) took.push(await measure(checkout, postgres.url))
    const [here = 0, beside] = took
    const ratio =
      beside === undefined
        ? ''
        : `, beside it ${beside.toFixed(2)} s: ${(beside / here).toFixed(2)} x`
    console.log(`round ${round}: ${MESSAGES} messages in ${here.toFixed(2)} s${ratio}`)
  }
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
