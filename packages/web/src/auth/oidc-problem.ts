import { OIDC_PROBLEM_PARAMETER, OidcProblem } from '@mailroom/shared'
import type { LocationQuery } from 'vue-router'

/** Why the way through the provider signed nobody in, as it stands in the page's address. */
export function oidcProblemOf(query: LocationQuery): OidcProblem | undefined {
  const said = query[OIDC_PROBLEM_PARAMETER]
  return Object.values(OidcProblem).find((problem) => problem === said)
}
