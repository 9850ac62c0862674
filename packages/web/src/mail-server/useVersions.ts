import { apolloClient } from '../apollo.js'
import {
  MailServerVersionChangesDocument,
  RestoreMailServerVersionDocument,
  type AuditChangeItemFragment,
  type MailServerDetailsFragment,
} from '../generated/graphql.js'

/** What putting a version back would change now. */
export async function fetchVersionChanges(
  id: string,
  auditEventId: string,
): Promise<readonly AuditChangeItemFragment[]> {
  const { data } = await apolloClient.query({
    query: MailServerVersionChangesDocument,
    variables: { id, auditEventId },
    fetchPolicy: 'no-cache',
  })
  return data.mailServerVersionChanges
}

/** Puts a version back; a CONFLICT where somebody saved after `version`. */
export async function restoreVersion(
  id: string,
  version: number,
  auditEventId: string,
): Promise<MailServerDetailsFragment> {
  const { data } = await apolloClient.mutate({
    mutation: RestoreMailServerVersionDocument,
    variables: { id, version, auditEventId },
  })
  if (!data) throw new Error('restoreMailServerVersion answered nothing')
  return data.restoreMailServerVersion
}
