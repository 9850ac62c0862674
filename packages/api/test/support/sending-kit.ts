import { setTimeout as sleep } from 'node:timers/promises'
import type { TestClient } from './api.js'
import type { TestDatabase } from './database.js'

/** A sending as the tests read it. */
export interface ReadSending {
  id: string
  state: string
  message: { id: string; folder: string; subject: string; messageId: string | null }
  acceptedRecipients: string[]
  rejectedRecipients: string[]
  recipients: { address: string; state: string; said: string | null }[]
  problem: string | null
  detail: string | null
  attempts: number
  nextAttemptAt: string | null
  holdUntil: string | null
  endedAt: string | null
}

export interface ReadDraft {
  id: string
  accountId: string
  to: string[]
  cc: string[]
  bcc: string[]
  subject: string
  text: string
  html: string | null
  attachments: ReadUpload[]
  replyToId: string | null
  version: number
}

export interface ReadUpload {
  id: string
  filename: string
  contentType: string
  size: number
}

const SENDING_FIELDS = `id state message { id folder subject messageId } acceptedRecipients
  rejectedRecipients recipients { address state said } problem detail attempts nextAttemptAt holdUntil
  endedAt`
const DRAFT_FIELDS =
  'id accountId to cc bcc subject text html attachments { id filename contentType size } replyToId version'
export const SEND = `mutation ($input: SendMailInput!) { sendMail(input: $input) { ${SENDING_FIELDS} } }`
const SENDING = `query ($id: ID!) { sending(id: $id) { ${SENDING_FIELDS} } }`
export const RETRY = `mutation ($id: ID!) { retrySending(id: $id) { ${SENDING_FIELDS} } }`
export const CONFIRM = `mutation ($id: ID!) { confirmSending(id: $id) { ${SENDING_FIELDS} } }`
export const CANCEL_SENDING = `mutation ($id: ID!) { cancelSending(id: $id) { ${DRAFT_FIELDS} } }`
export const SAVE_DRAFT = `mutation ($id: ID, $version: Int, $input: DraftInput!) {
  saveDraft(id: $id, version: $version, input: $input) { ${DRAFT_FIELDS} } }`

const WAIT_MS = 60_000

export async function sendMail(client: TestClient, input: object): Promise<ReadSending> {
  return (await client.ask<{ sendMail: ReadSending }>(SEND, { input })).sendMail
}

export async function readSending(client: TestClient, id: string): Promise<ReadSending | null> {
  return (await client.ask<{ sending: ReadSending | null }>(SENDING, { id })).sending
}

/** Waits until a sending is as it is wanted. */
export async function sendingWhere(
  client: TestClient,
  id: string,
  holds: (sending: ReadSending) => boolean,
): Promise<ReadSending> {
  const untilMs = performance.now() + WAIT_MS
  for (;;) {
    const sending = await readSending(client, id)
    if (sending === null) throw new Error('the sending is gone')
    if (holds(sending)) return sending
    if (performance.now() > untilMs) throw new Error(`still ${JSON.stringify(sending)}`)
    await sleep(50)
  }
}

/** Waits until nothing more becomes of it by itself. */
export const endOfSending = (client: TestClient, id: string) =>
  sendingWhere(client, id, ({ state }) => state !== 'QUEUED' && state !== 'SENDING')

/** Waits for an attempt that is to be followed by another. */
export const putOff = (client: TestClient, id: string) =>
  sendingWhere(client, id, ({ state, attempts }) => state === 'QUEUED' && attempts > 0)

/** Lets what is to be tried again later be tried now. */
export async function hurry(database: TestDatabase, id: string): Promise<void> {
  await database.rows("UPDATE sending SET due_at = now() WHERE id = $1 AND state = 'QUEUED'", [id])
}

/** What is kept of a sending's message, byte for byte. */
export async function sourceOf(client: TestClient, messageId: string): Promise<Buffer> {
  const response = await fetch(`${client.url}/messages/${messageId}/source`, {
    headers: { cookie: client.cookie ?? '' },
  })
  if (response.status !== 200) throw new Error(`status ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

/** Uploads a file as the console does; the answer whatever it is. */
export function postUpload(
  { url, cookie, bearer }: Pick<TestClient, 'url' | 'cookie' | 'bearer'>,
  name: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/uploads?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      ...(cookie === undefined ? {} : { cookie }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body,
  })
}

export async function upload(
  client: TestClient,
  name: string,
  body: string | Buffer,
  contentType = 'application/octet-stream',
): Promise<ReadUpload> {
  const response = await postUpload(client, name, body, { 'content-type': contentType })
  if (response.status !== 201) throw new Error(`status ${response.status}`)
  return (await response.json()) as ReadUpload
}
