import type { TestClient } from './api.js'

/** An event as the tests read it. */
export interface ReadEvent {
  id: string
  at: string
  actorKind: string
  actorId: string | null
  actorName: string
  address: string | null
  action: string
  subject: string
  subjectId: string | null
  subjectName: string
  subjectExists: boolean
  isVersion: boolean
  restoredFrom: string | null
  restoredVersionAt: string | null
  changes: { field: string; old: string | null; new: string | null; isSecret: boolean }[]
}
export interface ReadPage {
  edges: { cursor: string; node: ReadEvent }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number | null
}

export const AUDIT_EVENTS = `query (
  $first: Int! = 100, $after: String, $search: String, $subject: AuditSubject, $subjectId: ID,
  $action: AuditAction, $actorId: ID, $actorKind: ActorKind, $from: DateTime, $to: DateTime
) {
  auditEvents(
    first: $first, after: $after, search: $search, subject: $subject, subjectId: $subjectId,
    action: $action, actorId: $actorId, actorKind: $actorKind, from: $from, to: $to
  ) {
    edges { cursor node {
      id at actorKind actorId actorName address action subject subjectId subjectName subjectExists
      isVersion restoredFrom restoredVersionAt changes { field old new isSecret }
    } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`
export const VERSION_CHANGES =
  'query ($id: ID!, $auditEventId: ID!) { mailServerVersionChanges(id: $id, auditEventId: $auditEventId) { field old new } }'
export const RESTORE_VERSION = `mutation ($id: ID!, $version: Int!, $auditEventId: ID!) {
  restoreMailServerVersion(id: $id, version: $version, auditEventId: $auditEventId) {
    id code name version outgoing { host port caCertificate } oauthProviderId
  }
}`

export async function auditPage(admin: TestClient, variables: object = {}): Promise<ReadPage> {
  return (await admin.ask<{ auditEvents: ReadPage }>(AUDIT_EVENTS, variables)).auditEvents
}

/** Newest first. */
export async function auditEvents(admin: TestClient, variables: object = {}): Promise<ReadEvent[]> {
  return (await auditPage(admin, variables)).edges.map(({ node }) => node)
}

/** What the work adds to the memory, oldest first, with what the database holds of it. */
export async function addedBy(
  admin: TestClient,
  work: () => Promise<unknown>,
): Promise<ReadEvent[]> {
  const [newest] = await auditEvents(admin, { first: 1 })
  await work()
  const events = await auditEvents(admin)
  const known = events.findIndex(({ id }) => id === newest?.id)
  return events.slice(0, known === -1 ? undefined : known).reverse()
}
