import type { AuditSubject } from '@mailroom/shared'
import type { AuditEventItemFragment } from '../generated/graphql.js'

const PLACES: Partial<Record<AuditSubject, string>> = {
  MAIL_SERVER: '/mail-servers',
  MAIL_ACCOUNT: '/mail-accounts',
  USER: '/users',
  OAUTH_PROVIDER: '/oauth-providers',
}
const SINGLE_PLACES: Partial<Record<AuditSubject, string>> = {
  MAIL_SERVER_ORDER: '/mail-servers',
  API_TOKEN: '/api-tokens',
  SETTINGS: '/settings',
}

/** Where that which an event tells of can be seen; undefined where it is gone, or has no page. */
export function subjectLink({
  subject,
  subjectId,
  subjectExists,
}: Pick<AuditEventItemFragment, 'subject' | 'subjectId' | 'subjectExists'>): string | undefined {
  const single = SINGLE_PLACES[subject]
  if (single !== undefined) return single
  const place = PLACES[subject]
  return subjectExists && subjectId != null && place !== undefined
    ? `${place}/${subjectId}`
    : undefined
}
