import { randomUUID } from 'node:crypto'

/** A message that says what it is, found again by its Message-ID. */
export interface TestMessage {
  /** With its angle brackets (RFC 5322 section 3.6.4). */
  readonly messageId: string
  readonly source: Buffer
}

/** A message to oneself. `address` has been checked: it ends no header. */
export function createTestMessage(address: string, now = new Date()): TestMessage {
  const messageId = `<${randomUUID()}@${address.slice(address.lastIndexOf('@') + 1)}>`
  const lines = [
    `From: <${address}>`,
    `To: <${address}>`,
    'Subject: Mailroom connection test',
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    // RFC 3834: nobody answers a machine.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Mailroom sent this message to itself to test the connection. It can be deleted.',
    'Mailroomが接続の診断のために送信したメールです。削除してかまいません。',
    '',
  ]
  return { messageId, source: Buffer.from(lines.join('\r\n'), 'utf8') }
}
