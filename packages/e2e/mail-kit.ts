import { chown, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { mailBoxes } from '../api/test/support/mail-servers/mail-users.js'
import { add, ask } from './product-kit.js'
import { stack } from './stack.js'

const { mailServers } = stack()
/** The owner of all mail at the test servers. */
const MAIL_UID = 5_000
type Box = (typeof mailBoxes)[number]

export function mailboxOf(number: number): Box {
  const box = mailBoxes[number - 1]
  if (box === undefined) throw new Error(`there is no box${number}`)
  return box
}

let delivered = 0

/** As another server's mail arrives: each is a file in the mailbox. */
export async function deliver(box: Box, sources: readonly (string | Buffer)[]): Promise<void> {
  const folder = join(dirname(mailServers.caFile), 'mail', box.name)
  for (const part of ['', 'new', 'cur', 'tmp']) {
    await mkdir(join(folder, part), { recursive: true })
    await chown(join(folder, part), MAIL_UID, MAIL_UID)
  }
  for (const source of sources) {
    delivered += 1
    const path = join(folder, 'new', `${1_764_000_100 + delivered}.M1P${process.pid}.e2e`)
    await writeFile(path, source)
    await chown(path, MAIL_UID, MAIL_UID)
  }
}

/** An account of the administrator's at a real server; answers its id. */
export async function addMailbox(
  page: Page,
  box: Box,
  code: string,
  name = '',
  outgoing: object = { host: mailServers.host, port: mailServers.ports['smtps'] },
): Promise<string> {
  const { host, ports } = mailServers
  const mailServerId = await add(
    page,
    'mutation ($input: MailServerInput!) { made: createMailServer(input: $input) { id } }',
    {
      ...{ code, name: `${code}のサーバー` },
      outgoing,
      incoming: { protocol: 'IMAP4', host, port: ports['imaps'] },
    },
  )
  const { me } = await ask<{ me: { id: string } }>(page, '{ me { id } }')
  return add(
    page,
    'mutation ($input: MailAccountInput!) { made: createMailAccount(input: $input) { id } }',
    {
      ...{ userId: me.id, mailServerId, code, email: `${code}@mail.test`, name },
      ...{ incomingUsername: box.name, incomingPassword: box.password },
      ...{ leaveOnServer: true, enabled: true },
    },
  )
}

const RECEIVE = 'mutation ($id: ID!) { made: receiveMail(accountId: $id) { id } }'
const STANDING = `query ($id: ID!, $runId: ID!) {
  receiveRun(id: $runId) { endedAt }
  messages(accountId: $id, first: 200) { totalCount edges { node { parseState } } }
}`
interface Standing {
  readonly receiveRun: { readonly endedAt: string | null }
  readonly messages: {
    readonly totalCount: number
    readonly edges: readonly { readonly node: { readonly parseState: string } }[]
  }
}

/** Receives, and waits until that is over, so many messages are there and the newest are read. */
export async function receiveAll(page: Page, accountId: string, count: number): Promise<void> {
  const { made } = await ask<{ made: { id: string } }>(page, RECEIVE, { id: accountId })
  const standing = async () => {
    const variables = { id: accountId, runId: made.id }
    const { receiveRun, messages } = await ask<Standing>(page, STANDING, variables)
    const pending = messages.edges.filter(({ node }) => node.parseState === 'PENDING')
    return [messages.totalCount, pending.length, receiveRun.endedAt !== null]
  }
  await expect.poll(standing, { timeout: 90_000 }).toEqual([count, 0, true])
}
