import { DiscoverySource } from '@mailroom/shared'
import type { Candidate } from './candidate.js'
import { PRESETS, type Preset } from './presets.js'

/** What our own list says of a domain. */
export function presetsForDomain(domain: string): Candidate[] {
  const preset =
    PRESETS.find(({ domains }) => domains.includes(domain)) ??
    PRESETS.find(({ domains }) =>
      domains.some((each) => each.startsWith('.') && domain.endsWith(each)),
    )
  return preset === undefined ? [] : candidatesOf(preset, DiscoverySource.PRESET, domain, '')
}

/** What our own list says of where a domain's mail is delivered: the names of its MX records, best first. */
export function presetsForMx(domain: string, mx: readonly string[]): Candidate[] {
  for (const name of mx) {
    const preset = PRESETS.find((each) =>
      each.mx.some((suffix) => name === suffix || name.endsWith(`.${suffix}`)),
    )
    if (preset !== undefined) return candidatesOf(preset, DiscoverySource.MX, domain, name)
  }
  return []
}

function candidatesOf(
  { name, outgoing, incoming, usernameForm, notes, documentationUrl }: Preset,
  source: DiscoverySource,
  domain: string,
  mx: string,
): Candidate[] {
  const fill = (host: string) => host.replace('%EMAILDOMAIN%', domain).replace('%MX%', mx)
  return incoming.map((each) => ({
    ...{ source, providerName: name, usernameForm, notes, documentationUrl },
    outgoing: { ...outgoing, host: fill(outgoing.host) },
    incoming: { ...each, host: fill(each.host) },
  }))
}
