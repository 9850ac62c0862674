import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mailUsers } from './mail-users.js'

/** The realm of everybody in Cyrus's database. */
export const CYRUS_REALM = 'mail.test'

/**
 * A second, independent SASL behind Postfix: Cyrus with its own database of the same users. Debian's
 * Postfix reads its settings at this place only.
 */
export async function layCyrusSasl(root: string): Promise<void> {
  const database = join(root, 'sasldb2')
  await mkdir(join(root, 'postfix', 'sasl'))
  await writeFile(
    join(root, 'postfix', 'sasl', 'smtpd.conf'),
    `pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: ${database}
mech_list: PLAIN LOGIN CRAM-MD5 DIGEST-MD5
log_level: 3
`,
  )
  // One after the other: they write one file.
  for (const { name, password } of Object.values(mailUsers)) await add(database, name, password)
  const { uid } = await stat(join(root, 'postfix-data'))
  await chown(database, uid, -1)
}

async function add(database: string, name: string, password: string): Promise<void> {
  const args = ['-f', database, '-u', CYRUS_REALM, '-c', '-p', name]
  const child = spawn('/usr/sbin/saslpasswd2', args, { stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.end(password)
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`saslpasswd2 ends with ${code}; is sasl2-bin installed?`)
}
