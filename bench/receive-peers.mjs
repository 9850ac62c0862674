// What others receive the same mailbox with. Each writes to the disk that the database is on, into a
// folder of its own; nothing is deleted before the end, since ext4 is slow where much just was.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Whoever takes longer is given up. */
const LIMIT_MS = 300_000
/** "nobody": getmail does not deliver as root. */
const NOBODY = 65_534

/** The peers that are installed; the others are said to be skipped. */
export function findPeers() {
  return [mbsync, fetchmail('POP3'), fetchmail('IMAP4'), getmail('POP3'), getmail('IMAP4')].filter(
    ({ title, program, debian }) => {
      try {
        execFileSync('which', [program], { stdio: 'ignore' })
        return true
      } catch {
        console.log(`skipped: ${title}, ${program} is not installed (Debian: ${debian})`)
        return false
      }
    },
  )
}

const mbsync = {
  title: 'mbsync, IMAP4, fsync',
  program: 'mbsync',
  debian: 'isync',
  async receive({ host, ports, caFile, isTls }, { name, password }, folder) {
    const rc = `
FSync yes
IMAPAccount bench
Host ${host}
Port ${isTls ? ports.imaps : ports.imap}
User ${name}
Pass ${password}
AuthMechs LOGIN
SSLType ${isTls ? `IMAPS\nSystemCertificates no\nCertificateFile ${caFile}` : 'None'}

IMAPStore far
Account bench

MaildirStore near
Path ${folder}/
Inbox ${folder}/INBOX

Channel bench
Far :far:
Near :near:
Patterns INBOX
Sync Pull
Create Near
SyncState *
`
    await writeFile(join(folder, 'rc'), rc, { mode: 0o600 })
    return timed('mbsync', ['-q', '-c', join(folder, 'rc'), 'bench'], { folder })
  },
  count: (folder) => filesIn(join(folder, 'INBOX')),
}

function fetchmail(protocol) {
  return {
    title: `fetchmail, ${protocol}, cat as MDA`,
    program: 'fetchmail',
    debian: 'fetchmail',
    isSlow: true,
    async receive({ host, ports, caFile, isTls }, { name, password }, folder) {
      const port = portOf(protocol, ports, isTls)
      const tls = isTls ? `ssl sslcertck sslcertfile "${caFile}"` : `sslproto ''`
      const rc = `poll ${host} service ${port} protocol ${protocol === 'POP3' ? 'POP3' : 'IMAP'}
  user "${name}" password "${password}" ${tls} keep fetchall mda "cat >> ${folder}/mbox"\n`
      await writeFile(join(folder, 'rc'), rc, { mode: 0o600 })
      return timed('fetchmail', ['-f', join(folder, 'rc'), '--silent'], { folder })
    },
    async count(folder) {
      const mbox = await readFile(join(folder, 'mbox'), 'latin1')
      return mbox.match(/^Message-ID: <bench-/gm)?.length ?? 0
    },
  }
}

function getmail(protocol) {
  const kind = protocol === 'POP3' ? 'POP3' : 'IMAP'
  return {
    title: `getmail6, ${protocol}, Maildir`,
    program: 'getmail',
    debian: 'getmail6',
    isSlow: true,
    async receive({ host, ports, caFile, isTls }, { name, password }, folder) {
      const rc = `[retriever]
type = Simple${kind}${isTls ? 'SSL' : ''}Retriever
server = ${host}
port = ${portOf(protocol, ports, isTls)}
username = ${name}
password = ${password}
${isTls ? `ca_certs = ${caFile}` : ''}
[destination]
type = Maildir
path = ${folder}/INBOX/
[options]
read_all = true
delete = false
received = false
delivered_to = false
verbose = 0
`
      await writeFile(join(folder, 'rc'), rc)
      for (const part of ['INBOX', 'INBOX/new', 'INBOX/cur', 'INBOX/tmp', '']) {
        await mkdir(join(folder, part), { recursive: true })
        await chown(join(folder, part), NOBODY, NOBODY)
      }
      const isRoot = process.getuid?.() === 0
      const options = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
      return timed('getmail', ['--getmaildir', folder, '--rcfile', 'rc'], { folder, ...options })
    },
    count: (folder) => filesIn(join(folder, 'INBOX')),
  }
}

function portOf(protocol, { pop3, pop3s, imap, imaps }, isTls) {
  if (protocol === 'POP3') return isTls ? pop3s : pop3
  return isTls ? imaps : imap
}

/** Seconds from start to end of a program; Infinity where it was given up. */
async function timed(program, args, { folder, ...options }) {
  const env = { ...process.env, HOME: folder, FETCHMAILHOME: folder }
  const began = performance.now()
  const child = spawn(program, args, { cwd: folder, env, ...options })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  const timer = setTimeout(() => child.kill(), LIMIT_MS)
  const [code, signal] = await once(child, 'close')
  clearTimeout(timer)
  if (signal !== null) return Infinity
  const seconds = (performance.now() - began) / 1_000
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.slice(0, 1_000)}`)
  return seconds
}

async function filesIn(maildir) {
  const lists = await Promise.all(['new', 'cur'].map((each) => readdir(join(maildir, each))))
  return lists.flat().length
}
