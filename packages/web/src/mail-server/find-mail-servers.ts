import type { MailServerRowFragment } from '../generated/graphql.js'

/** Those whose code, name or a host holds every word of the query; width and case do not matter. */
export function findMailServers(
  servers: readonly MailServerRowFragment[],
  query: string,
): readonly MailServerRowFragment[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return servers
  return servers.filter(({ code, name, outgoing, incoming }) => {
    const text = fold(`${code}\n${name}\n${outgoing.host}\n${incoming.host}`)
    return words.every((word) => text.includes(word))
  })
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
