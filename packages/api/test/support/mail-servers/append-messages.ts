import { ImapFlow } from 'imapflow'
import type { MailUser } from './mail-users.js'
import type { MailServersFixture } from './start-mail-servers.js'

/** Puts messages into a user's INBOX, byte for byte. */
export async function appendMessages(
  { host, ports }: MailServersFixture,
  user: MailUser,
  messages: readonly Buffer[],
): Promise<void> {
  const client = new ImapFlow({
    ...{ host, port: ports.imap, secure: false, doSTARTTLS: false },
    auth: { user: user.name, pass: user.password },
    logger: false,
  })
  await client.connect()
  for (const message of messages) await client.append('INBOX', message)
  await client.logout()
}
