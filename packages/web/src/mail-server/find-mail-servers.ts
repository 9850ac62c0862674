import type { MailServerRowFragment } from '../generated/graphql.js'
import { wordMatcher } from '../ui/find-words.js'

/** Those whose code, name or a host holds every word of the query; width and case do not matter. */
export function findMailServers(
  servers: readonly MailServerRowFragment[],
  query: string,
): readonly MailServerRowFragment[] {
  if (query.trim() === '') return servers
  const matches = wordMatcher(query)
  return servers.filter(({ code, name, outgoing, incoming }) =>
    matches(`${code}\n${name}\n${outgoing.host}\n${incoming.host}`),
  )
}
