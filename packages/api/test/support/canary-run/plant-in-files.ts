import { expect } from 'vitest'
import {
  base64,
  download,
  failImport,
  MAIL_ACCOUNTS,
  MAIL_SERVERS,
  preview,
  importFile,
} from '../transfer-kit.js'
import { createMailServer } from '../mail-servers-kit.js'
import { MARKER } from './canaries.js'
import type { Planting } from './planting.js'

/** In files that are imported. */
export async function plantInFiles(planting: Planting): Promise<void> {
  await plantInServers(planting)
  await plantInAccounts(planting)
}

/** Somebody's own columns are left out, with what is in them. */
async function plantInServers({ admin, canaries }: Planting): Promise<void> {
  const secret = canaries.for('MailAccountInput.incomingPassword', 'in a file of servers')
  const exported = (await download(admin, MAIL_SERVERS)).bytes.toString()
  const [head = '', ...rows] = exported.trimEnd().split(/\r?\n/)
  const file = [`${head},パスワード`, ...rows.map((row) => `${row},${quoted(secret)}`)].join('\r\n')
  const { errors } = await admin.send(MAIL_SERVERS.preview, { file: base64(file) })
  expect(errors).toEqual([])
  await admin.send(MAIL_SERVERS.import, { file: base64(file) })
  await admin.send(MAIL_SERVERS.import, { file: secret })
}

const HEADING =
  'code,email,userId,mailServerId,incomingUsername,incomingPassword,outgoingUsername,outgoingPassword,name'

/** Passwords belong there: they are stored, and in no preview, refusal, record or export. */
async function plantInAccounts({ admin, canaries }: Planting): Promise<void> {
  const outgoing = { authMethod: 'PLAIN', credentials: 'OUTGOING' }
  const { code: server } = await createMailServer(admin, { code: 'in-a-file', outgoing })
  const [first = '', second = ''] = (['incomingPassword', 'outgoingPassword'] as const).map(
    (name) => canaries.for(`MailAccountInput.${name}`, 'in a file of accounts'),
  )
  const row = (code: string, { owner = 'admin', password = first, more = '' } = {}) =>
    `${code},file@example.jp,${owner},${server},taro,${quoted(password)},taro,${quoted(second)},${MARKER.text}${more}`
  const file = `${HEADING}\r\n${row('from-a-file')}`
  const { addCount, digest } = await preview(admin, MAIL_ACCOUNTS, file)
  expect(addCount).toBe(1)
  await importFile(admin, MAIL_ACCOUNTS, file, digest)
  // Outdated, changed, and refused: for another cell, for the password itself, for too many cells.
  await failImport(admin, MAIL_ACCOUNTS, file, digest)
  expect((await preview(admin, MAIL_ACCOUNTS, file)).changeCount).toBe(1)
  const refused = [
    row('other', { owner: 'ghost' }),
    row('other', { password: `${first}\0` }),
    row('other', { password: `${first}${'x'.repeat(5_000)}` }),
    row('other', { more: `,${quoted(second)}` }),
  ]
  for (const line of refused) {
    const { refusedCount } = await preview(admin, MAIL_ACCOUNTS, `${HEADING}\r\n${line}`)
    expect(refusedCount).toBe(1)
    await failImport(admin, MAIL_ACCOUNTS, `${HEADING}\r\n${line}`)
  }
  // With a quote that nobody closes, in the place of a heading, and as no file at all.
  for (const text of [`${file}\r\n"${first}`, `${HEADING},${quoted(first)}\r\n${row('x')}`]) {
    await admin.send(MAIL_ACCOUNTS.import, { file: base64(text) })
  }
  await admin.send(MAIL_ACCOUNTS.preview, { file: first })
  expect((await download(admin, MAIL_ACCOUNTS)).bytes.toString()).toContain('from-a-file')
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
