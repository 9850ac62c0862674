// The mailboxes of receive.mjs: the same generated messages in each, at the Dovecot of the tests.
import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, link, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { mailBoxes } from '../packages/api/test/support/mail-servers/mail-users.ts'

const FIXTURE = fileURLToPath(
  new URL('../packages/api/test/support/mail-servers/main.ts', import.meta.url),
)
const MESSAGES = 2_000
const TOTAL_BYTES = 71_000_000
/** Of so many messages one has an attachment of 0.2 to 2 MB; the others have 2 to 40 kB. */
const LARGE_EVERY = 33
const SEED = 4_711
/** Dovecot's user of the mailboxes in the fixture. */
const MAIL_UID = 5_000
const WORDS = ['納期', 'ご確認', '見積書', 'お世話になっております。', 'invoice', 'the', 'meeting']

/** Starts the fixture's Dovecot; `next()` gives a mailbox that nobody has read, `stop()` ends it. */
export async function startMailboxes() {
  const child = spawn(process.execPath, [FIXTURE], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { host, ports, caFile, caPem } = JSON.parse(line)
  const root = dirname(caFile)
  const messages = await layMessages(join(root, 'mail', 'originals'))
  let used = 0
  return {
    ...{ host, ports, caFile, caPem },
    hashes: messages.map(({ hash }) => hash).sort(),
    totalBytes: messages.reduce((sum, { bytes }) => sum + bytes, 0),
    async next() {
      const user = mailBoxes[used++]
      if (user === undefined) throw new Error('no mailbox is left')
      await fill(join(root, 'mail', user.name), messages)
      await lookInto({ host, port: ports.imap }, user)
      return user
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** One file each; the mailboxes have links to them, so that all read the same, warm pages. */
async function layMessages(folder) {
  await mkdir(folder)
  const random = seeded(SEED)
  const wanted = Array.from({ length: MESSAGES }, (_, n) =>
    n % LARGE_EVERY === 0 ? spread(random(), 200_000, 2_000_000) : spread(random(), 2_000, 40_000),
  )
  const factor = TOTAL_BYTES / wanted.reduce((sum, size) => sum + size, 0)
  const messages = []
  for (const [n, size] of wanted.entries()) {
    const source = Buffer.from(message(n, Math.round(size * factor), random))
    const file = join(folder, String(n))
    await writeFile(file, source)
    await chown(file, MAIL_UID, MAIL_UID)
    const hash = createHash('sha256').update(source).digest('hex')
    messages.push({ n, file, hash, bytes: source.length })
  }
  return messages
}

async function fill(maildir, messages) {
  for (const folder of ['', 'new', 'cur', 'tmp']) {
    await mkdir(join(maildir, folder), { recursive: true })
    await chown(join(maildir, folder), MAIL_UID, MAIL_UID)
  }
  for (const { n, file, bytes } of messages) {
    const name = `${1_764_000_000 + n}.M${n}P1.bench,S=${bytes},W=${bytes}:2,`
    await link(file, join(maildir, 'cur', name))
  }
}

/** Has Dovecot make its index, as for a mailbox that is in use. */
async function lookInto({ host, port }, { name, password }) {
  const socket = connect(port, host)
  const commands = [`LOGIN ${name} ${password}`, 'SELECT INBOX', 'FETCH 1:* (UID RFC822.SIZE)']
  socket.write([...commands, 'LOGOUT', ''].map((each) => each && `a ${each}\r\n`).join(''))
  socket.resume()
  await once(socket, 'close')
}

/** Evenly over the orders of magnitude. */
const spread = (share, min, max) => min * (max / min) ** share

function message(n, size, random) {
  const head = [
    `From: =?UTF-8?B?${Buffer.from(`送信者 ${n}`).toString('base64')}?= <sender${n}@example.co.jp>`,
    'To: box@mail.test',
    `Subject: =?UTF-8?B?${Buffer.from(`件名 ${n}`).toString('base64')}?=`,
    `Message-ID: <bench-${n}@example.co.jp>`,
    'Date: Mon, 24 Nov 2025 09:00:00 +0900',
    'MIME-Version: 1.0',
  ]
  if (n % 3 !== 0) {
    head.push('Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', '')
    return head.join('\r\n') + text(size - 350, random)
  }
  const part = '--=_part'
  head.push('Content-Type: multipart/mixed; boundary="=_part"', '', part)
  head.push('Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '')
  head.push(text(600, random), part, `Content-Type: application/pdf; name="file-${n}.pdf"`)
  head.push('Content-Transfer-Encoding: base64', '', base64(size - 1_300, random), `${part}--`, '')
  return head.join('\r\n')
}

function text(bytes, random) {
  const lines = []
  for (let left = bytes; left > 0;) {
    const words = Array.from({ length: 8 }, () => WORDS[Math.floor(random() * WORDS.length)])
    const line = `${words.join(' ')}\r\n`
    lines.push(line)
    left -= Buffer.byteLength(line)
  }
  return lines.join('')
}

function base64(length, random) {
  const bytes = Buffer.alloc(Math.max(57, Math.round((length / 78) * 57)))
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = random() * 256
  return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')
}

/** mulberry32: the same messages in each run. */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
