// Importing accounts from a file, preview and import over HTTP, beside psql, which copies the same file
// into a table and adds the same rows without judging, recording or telling anything.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { answered } from './answered.mjs'

const SIZES = [1_000, 10_000, 100_000]
const PREVIEW = `mutation ($file: String!) { answer: previewMailAccountImport(file: $file) {
  rows { row code outcome about changes { field label old new isSecret isRemoved } refusals { field label column message } }
  addCount digest } }`
const IMPORT = `mutation ($file: String!, $digest: String!) {
  answer: importMailAccounts(file: $file, digest: $digest) { added } }`

/** @param startBoth starts API and database with so many servers (run.mjs) */
export async function measureImport(startBoth, dataDir) {
  console.log('accounts from a file; new ones, each once')
  for (const count of SIZES) {
    const { api, cookie, pid, url } = await startBoth(1_000)
    const csv = fileOf(count)
    const file = Buffer.from(csv).toString('base64')
    const idle = peakMib(pid)
    const others = watchOthers(api)
    const [{ answer: preview }, previewMs] = await timed(() =>
      answered(api, cookie, PREVIEW, { file }),
    )
    if (preview.addCount !== count) throw new Error('not all of them would be added')
    const { digest } = preview
    const [{ answer: done }, importMs] = await timed(() =>
      answered(api, cookie, IMPORT, { file, digest }),
    )
    if (done.added !== count) throw new Error('not all of them were added')
    const waitedMs = await others.stop()
    const plainMs = psqlMs(url, dataDir, csv)
    const mebibytes = (csv.length / 2 ** 20).toFixed(1)
    console.log(
      `  ${count.toLocaleString('en').padStart(7)} rows (${mebibytes} MiB)   preview ${previewMs.toFixed(0)} ms   import ${importMs.toFixed(0)} ms   psql ${plainMs.toFixed(0)} ms   ${(importMs / plainMs).toFixed(1)} ×   others wait ${waitedMs.toFixed(0)} ms at most   memory at most ${peakMib(pid)} MiB (before ${idle} MiB)`,
    )
  }
  console.log()
}

function fileOf(count) {
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `account-${n},窓口 ${n},person${n}@example.co.jp,admin,server-${1 + (n % 1_000)},person${n}`,
  )
  return `code,name,email,userId,mailServerId,incomingUsername\r\n${rows.join('\r\n')}\r\n`
}

async function timed(work) {
  const began = performance.now()
  return [await work(), performance.now() - began]
}

/** By a connection of its own: one that is kept could be closed just as it is used again. */
const healthOf = (api) =>
  new Promise((resolve, reject) => {
    get(`${api}/healthz`, { agent: false }, (response) =>
      response.resume().once('end', resolve),
    ).once('error', reject)
  })

/** Asks on and on whether the database is there; stopped, it tells how long an answer took at most. */
function watchOthers(api) {
  let isOver = false
  const worst = (async () => {
    let most = 0
    while (!isOver) {
      const [, ms] = await timed(() => healthOf(api))
      most = Math.max(most, ms)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return most
  })()
  // Thrown where it is stopped; earlier, it would end the run with its processes left behind.
  worst.catch(() => undefined)
  return {
    stop() {
      isOver = true
      return worst
    },
  }
}

/** The most that a process has had in memory. */
const peakMib = (pid) =>
  Math.round(
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024,
  )

function psqlMs(url, dataDir, csv) {
  const data = join(dataDir, 'accounts.csv')
  writeFileSync(data, csv)
  const script = join(dataDir, 'accounts.sql')
  writeFileSync(
    script,
    `DELETE FROM mail_account;
CREATE TEMP TABLE file (code text, name text, email text, login text, server text, username text);
\\timing on
\\copy file FROM '${data}' CSV HEADER
INSERT INTO mail_account (code, code_key, name, email, search_text, user_id, mail_server_id, incoming_username, leave_on_server, enabled)
SELECT file.code, lower(file.code), file.name, email, concat_ws(E'\\n', file.code, file.name, email), u.id, s.id, username, true, true
FROM file JOIN app_user u ON u.login_name_key = login JOIN mail_server s ON s.code_key = server;
`,
  )
  const output = execFileSync('psql', [url, '-X', '-q', '-f', script], { encoding: 'utf8' })
  return [...output.matchAll(/Time: ([\d.]+) ms/g)].reduce((sum, [, ms]) => sum + Number(ms), 0)
}
