import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createAuthority, type TestAuthority } from './certificates.js'
import { layCyrusSasl } from './cyrus-sasl.js'
import { dovecotConfig, dovecotOAuth } from './dovecot-config.js'
import { chooseMailServerPorts, type MailServerPorts } from './mail-server-ports.js'
import { mailUsers, passwdFile } from './mail-users.js'
import { chooseMechanismPorts, type MechanismPorts } from './mechanism-ports.js'
import { startPopBeforeSmtp } from './pop-before-smtp.js'
import { postfixMain, postfixMaster, type PostfixLayout } from './postfix-config.js'
import { startProcessGroup } from './process-group.js'
import { oauthTokens, startTokenIntrospection, type TokenAuthority } from './token-introspection.js'

/** Real Dovecot and Postfix, running. */
export interface MailServersFixture {
  /** A loopback address that the certificate names; so does it "localhost" and "mail.test". */
  readonly host: string
  /** A loopback address that the certificate does not name. */
  readonly unnamedHost: string
  readonly ports: MailServerPorts
  /** One SMTP port for each mechanism and encryption, which offers nothing else. */
  readonly mechanismPorts: MechanismPorts
  readonly oauthTokens: typeof oauthTokens
  /** Where programs PUT the authority that {@link trustTokensOf} is told of. */
  readonly tokenAuthorityUrl: string
  /** Takes the tokens of an authorisation server too; its `sub` is the mailbox. */
  trustTokensOf(authority: TokenAuthority): void
  readonly users: typeof mailUsers
  /** How many messages alice's INBOX holds at first. */
  readonly aliceMessages: number
  readonly caPem: string
  readonly caFile: string
  readonly authority: TestAuthority
  /** What both servers have logged so far. */
  logs(): Promise<string>
  /** Forgets who has signed in by POP3: `ports.smtpAfterPop` relays for nobody. */
  forgetPopSignIns(): Promise<void>
  /** Ends every process and removes the folder. */
  stop(): Promise<void>
}

const run = promisify(execFile)
/** Owner of the mailboxes; a number without an entry in passwd is enough. */
const MAIL_UID = 5_000
const ALICE_MESSAGES = 3
const START_TIMEOUT_MS = 20_000

/**
 * Starts Dovecot 2.3 and Postfix 3.7 from Debian's packages below one temporary folder, on free
 * loopback ports, with a certificate of a private authority. Needs root and no systemd.
 */
export async function startMailServers(): Promise<MailServersFixture> {
  // /tmp and not os.tmpdir(): a unix socket's path may have 107 bytes (unix(7)).
  const root = await mkdtemp('/tmp/mr-')
  // The servers' own accounts pass through it.
  await chmod(root, 0o755)
  const ports = await chooseMailServerPorts()
  const mechanismPorts = await chooseMechanismPorts()
  const [introspection, popBeforeSmtp] = await Promise.all([
    startTokenIntrospection(),
    startPopBeforeSmtp(root),
  ])
  const { script: popScript, policyPort } = popBeforeSmtp
  const authority = await createAuthority(root)
  const certificate = await authority.issue('mail.test', 'DNS:mail.test,DNS:localhost,IP:127.0.0.1')
  await layMailboxes(root)
  await layPostfix({ root, ports, mechanismPorts, policyPort, certificate })
  await layCyrusSasl(root)
  await writeFile(
    join(root, 'dovecot.conf'),
    dovecotConfig({ root, ports, certificate, popScript }),
  )
  await writeFile(join(root, 'dovecot-oauth2.conf.ext'), dovecotOAuth(introspection.url))
  const dovecot = startProcessGroup('dovecot', ['-F', '-c', join(root, 'dovecot.conf')], {})
  const postfix = startProcessGroup('/usr/lib/postfix/sbin/master', ['-d'], {
    MAIL_CONFIG: join(root, 'postfix'),
  })
  const logs = () => readLogs(root)
  const stop = async () => {
    await Promise.all([dovecot.stop(), postfix.stop(), introspection.stop(), popBeforeSmtp.stop()])
    await rm(root, { recursive: true, force: true })
  }
  try {
    await Promise.all(Object.values(ports).map(waitForPort))
  } catch (error) {
    const said = await logs()
    await stop()
    throw new Error(`the mail servers do not start:\n${said}`, { cause: error })
  }
  return {
    host: '127.0.0.1',
    unnamedHost: '127.0.0.2',
    ports,
    mechanismPorts,
    oauthTokens,
    tokenAuthorityUrl: introspection.authorityUrl,
    trustTokensOf: (authority) => introspection.trust(authority),
    users: mailUsers,
    aliceMessages: ALICE_MESSAGES,
    caPem: authority.caPem,
    caFile: authority.caFile,
    authority,
    logs,
    forgetPopSignIns: () => popBeforeSmtp.forget(),
    stop,
  }
}

async function layMailboxes(root: string): Promise<void> {
  await mkdir(join(root, 'mail'))
  await chown(join(root, 'mail'), MAIL_UID, MAIL_UID)
  for (const { name } of Object.values(mailUsers)) {
    for (const folder of ['', 'cur', 'new', 'tmp']) {
      const path = join(root, 'mail', name, folder)
      await mkdir(path)
      await chown(path, MAIL_UID, MAIL_UID)
    }
  }
  for (let number = 1; number <= ALICE_MESSAGES; number++) {
    const path = join(root, 'mail', 'alice', 'new', `17640000${number}.M${number}P1.mail.test`)
    await writeFile(path, message(number))
    await chown(path, MAIL_UID, MAIL_UID)
  }
  await writeFile(join(root, 'users'), passwdFile(), { mode: 0o644 })
}

function message(number: number): string {
  return [
    'From: Bob <bob@mail.test>',
    'To: Alice <alice@mail.test>',
    `Subject: Message ${number}`,
    `Message-ID: <message-${number}@mail.test>`,
    'Date: Mon, 24 Nov 2025 09:00:00 +0900',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `This is message ${number}.`,
    '',
  ].join('\r\n')
}

/** What `postfix start` would lay, without its second of shell checks. */
async function layPostfix(layout: PostfixLayout): Promise<void> {
  const { root } = layout
  await mkdir(join(root, 'postfix'))
  await writeFile(join(root, 'postfix', 'main.cf'), postfixMain(layout))
  await writeFile(join(root, 'postfix', 'master.cf'), postfixMaster(layout))
  const own = ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming']
  const queue = [...own, 'private', 'public', 'maildrop', 'saved', 'trace']
  await mkdir(join(root, 'queue'))
  await mkdir(join(root, 'queue', 'pid'))
  await mkdir(join(root, 'postfix-data'))
  for (const name of queue) await mkdir(join(root, 'queue', name), { mode: 0o700 })
  const paths = queue.map((name) => join(root, 'queue', name))
  await run('chown', ['postfix', join(root, 'postfix-data'), ...paths])
  for (const [name, mode] of [
    ['public', '710'],
    ['maildrop', '730'],
  ] as const) {
    await run('chgrp', ['postdrop', join(root, 'queue', name)])
    await run('chmod', [mode, join(root, 'queue', name)])
  }
}

async function readLogs(root: string): Promise<string> {
  const texts = await Promise.all(
    ['dovecot.log', 'postfix.log'].map((name) =>
      readFile(join(root, name), 'utf8').catch(() => `(no ${name})\n`),
    ),
  )
  return texts.join('')
}

async function waitForPort(port: number): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS
  while (!(await accepts(port))) {
    if (Date.now() > end) throw new Error(`nothing listens on ${port}`)
    await sleep(30)
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const settle = (accepted: boolean) => {
      socket.destroy()
      resolve(accepted)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}
