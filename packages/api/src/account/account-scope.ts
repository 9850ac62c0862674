import { UserRole } from '@mailroom/shared'
import type { Caller } from '../auth/caller.js'

/** Whose accounts somebody may see and change; undefined: everyone's. */
export interface AccountScope {
  readonly userId: string | undefined
}

/** An administrator has all accounts, everybody else his own. */
export function scopeOf({ id, role }: Caller): AccountScope {
  return { userId: role === UserRole.ADMIN ? undefined : id }
}
