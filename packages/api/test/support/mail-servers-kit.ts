import type { TestClient } from './api.js'

/** A mail server as the tests read it. */
export interface ReadServer {
  id: string
  code: string
  name: string
  position: number
  version: number
  deletedAt: string | null
}

const SERVER_FIELDS = 'id code name position version deletedAt'

interface Overrides {
  code?: unknown
  name?: unknown
  outgoing?: object
  incoming?: object
  oauthProviderId?: string
}

let made = 0

/** Valid settings with a code of their own. */
export function serverInput({ outgoing, incoming, ...rest }: Overrides = {}) {
  made += 1
  return {
    code: `server-${made}`,
    name: '本社',
    outgoing: { host: 'smtp.example.co.jp', port: 465, ...outgoing },
    incoming: { protocol: 'IMAP4', host: 'imap.example.co.jp', port: 993, ...incoming },
    ...rest,
  }
}

export const CREATE = `mutation ($input: MailServerInput!) { createMailServer(input: $input) { ${SERVER_FIELDS} } }`
export const UPDATE = `mutation ($id: ID!, $version: Int!, $input: MailServerInput!) { updateMailServer(id: $id, version: $version, input: $input) { ${SERVER_FIELDS} } }`
export const REORDER = `mutation ($ids: [ID!]!) { reorderMailServers(ids: $ids) { ${SERVER_FIELDS} } }`
export const DELETE = `mutation ($id: ID!) { deleteMailServer(id: $id) { ${SERVER_FIELDS} } }`
export const DELETE_ALL =
  'mutation ($expectedCount: Int) { deleteAllMailServers(expectedCount: $expectedCount) }'
export const RESTORE = `mutation ($ids: [ID!]!) { restoreMailServers(ids: $ids) { ${SERVER_FIELDS} } }`
export const LIST = `{ mailServers { ${SERVER_FIELDS} } }`
export const OPTIONS = '{ mailServerOptions { id code name deletedAt } }'

export async function createMailServer(
  api: TestClient,
  overrides: Overrides = {},
): Promise<ReadServer> {
  const { createMailServer } = await api.ask<{ createMailServer: ReadServer }>(CREATE, {
    input: serverInput(overrides),
  })
  return createMailServer
}

export async function listMailServers(api: TestClient): Promise<ReadServer[]> {
  return (await api.ask<{ mailServers: ReadServer[] }>(LIST)).mailServers
}

export async function deleteAll(api: TestClient): Promise<void> {
  await api.ask(DELETE_ALL)
}
