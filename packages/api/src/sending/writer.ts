import { scopeOf, type AccountScope } from '../account/account-scope.js'
import { callerIn } from '../auth/caller.js'
import type { RequestContext } from '../graphql/request-context.js'

/** Who writes, and whose accounts he may send from. */
export interface Writer {
  readonly userId: string
  readonly scope: AccountScope
}

/** Whoever asks, as one who writes. Throws UNAUTHENTICATED. */
export function writerIn(context: RequestContext): Writer {
  const caller = callerIn(context)
  return { userId: caller.id, scope: scopeOf(caller) }
}
