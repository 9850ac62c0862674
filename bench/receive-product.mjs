// Mailroom as receive.mjs measures it: the built product on a database that survives a power cut.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../packages/api/dist/main.js', import.meta.url))
const PASSWORD = 'correct horse battery'
const PROFILE = ['--cpu-prof', '--cpu-prof-name=worker.cpuprofile']
const POLL_MS = 100
const CREATE_SERVER = `mutation ($input: MailServerInput!) { createMailServer(input: $input) { id } }`
const CREATE_ACCOUNT = `mutation ($input: MailAccountInput!) { createMailAccount(input: $input) { id } }`
const RECEIVE = 'mutation ($id: ID!) { receiveMail(accountId: $id) { id } }'
const RUN =
  'query ($id: ID!) { receiveRun(id: $id) { state stored failed detail startedAt endedAt } }'
const children = []

/** Two processes, so that the worker's memory is its own; signed in. */
export async function startProduct({ databaseUrl, dataDir, isProfiled }) {
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    PORT: '0',
    MAILROOM_ADMIN_PASSWORD: PASSWORD,
    MAILROOM_DATA_DIR: dataDir,
    MAILROOM_LOG_LEVEL: 'warn',
  }
  const [, address] = await started([MAIN], { ...env, MAILROOM_ROLE: 'api' }, /ready: (http:\S+)/)
  const workerArgs = [...(isProfiled ? PROFILE : []), MAIN]
  await started(workerArgs, { ...env, MAILROOM_ROLE: 'worker' }, /receives mail/)
  const signIn = `mutation { signIn(loginName: "admin", password: "${PASSWORD}") { id } }`
  const response = await post(address, signIn, {})
  const [cookie] = response.headers.get('set-cookie').split(';')
  const { data } = await response.json()
  const ask = async (query, variables) => {
    const { data: answered, errors } = await (await post(address, query, variables, cookie)).json()
    if (errors !== undefined) throw new Error(JSON.stringify(errors))
    return answered
  }
  return { ask, adminId: data.signIn.id, worker: children.at(-1) }
}

export async function stopProduct() {
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')))
}

function started(args, env, pattern) {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const found = pattern.exec(String(chunk))
      if (found !== null) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`${args.at(-1)} ended with ${code}`)))
  })
}

function post(address, query, variables, cookie) {
  return fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify({ query, variables }),
  })
}

/** Receives a new mailbox into a new account; what is stored then is compared with what was sent. */
export async function measureMailroom({ ask, adminId, worker }, { mail, client, protocol, isTls }) {
  const user = await mail.next()
  const accountId = await createAccount(ask, { mail, adminId, protocol, isTls, user })
  // Lets the kernel forget the peak so far (proc_pid_clear_refs(5)).
  await writeFile(`/proc/${worker.pid}/clear_refs`, '5')
  const began = performance.now()
  const { receiveMail } = await ask(RECEIVE, { id: accountId })
  const run = await endOf(ask, receiveMail.id)
  const seconds = (performance.now() - began) / 1_000
  const peakMiB = await peakOf(worker.pid)
  if (run.stored !== mail.hashes.length) throw new Error(JSON.stringify(run))
  await untilParsed(client, accountId)
  const parsedSeconds = (performance.now() - began) / 1_000
  await verify(client, accountId, mail.hashes)
  const runSeconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1_000
  return { seconds, runSeconds, parsedSeconds, peakMiB }
}

async function createAccount(ask, { mail, adminId, protocol, isTls, user }) {
  const { host, ports, caPem } = mail
  const code = `${protocol}-${user.name}`
  const plain = protocol === 'POP3' ? ports.pop3 : ports.imap
  const port = isTls ? (protocol === 'POP3' ? ports.pop3s : ports.imaps) : plain
  const side = isTls
    ? { host, encryption: 'SSL', caCertificate: caPem }
    : { host, encryption: 'NONE' }
  const { createMailServer } = await ask(CREATE_SERVER, {
    input: {
      ...{ code, name: code },
      incoming: { ...side, protocol, port },
      outgoing: { ...side, port: ports.smtps },
    },
  })
  const { createMailAccount } = await ask(CREATE_ACCOUNT, {
    input: {
      ...{ code, name: code, email: `${user.name}@mail.test`, userId: adminId },
      ...{ mailServerId: createMailServer.id, leaveOnServer: true },
      ...{ incomingUsername: user.name, incomingPassword: user.password },
    },
  })
  return createMailAccount.id
}

async function endOf(ask, id) {
  for (;;) {
    const { receiveRun } = await ask(RUN, { id })
    if (receiveRun.state === 'DONE') return receiveRun
    if (receiveRun.state === 'FAILED') throw new Error(JSON.stringify(receiveRun))
    await sleep(POLL_MS)
  }
}

async function peakOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024
}

async function untilParsed(client, accountId) {
  for (;;) {
    const { rows } = await client.query(
      `SELECT count(*)::int AS pending FROM message WHERE account_id = $1 AND parse_state = 'PENDING'`,
      [accountId],
    )
    if (rows[0].pending === 0) return
    await sleep(POLL_MS)
  }
}

/** The bytes that are stored are those that were generated, each once. */
async function verify(client, accountId, hashes) {
  const { rows } = await client.query(
    `SELECT encode(sha256(string_agg(bytes, '' ORDER BY part)), 'hex') AS hash
     FROM message_source_part JOIN message ON message.id = message_source_part.message_id
     WHERE account_id = $1 GROUP BY message.id`,
    [accountId],
  )
  const stored = rows.map(({ hash }) => hash).sort()
  if (stored.join() !== hashes.join()) throw new Error('other bytes are stored than were sent')
}
