import type { Translate } from '../i18n/useText.js'

interface NamedServer {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly deletedAt: string | null
}

/** A server's name, and that it is deleted where it is. */
export function serverLabel({ name, deletedAt }: NamedServer, t: Translate): string {
  return deletedAt === null ? name : t('accounts.serverDeleted', { name })
}

/** Names that several servers share, which only the code tells apart. */
export function repeatedNames(servers: readonly NamedServer[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { name } of servers) (seen.has(name) ? repeated : seen).add(name)
  return repeated
}
