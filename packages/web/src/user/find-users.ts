import type { UserRowFragment } from '../generated/graphql.js'
import { wordMatcher } from '../ui/find-words.js'

export const USER_STATES = ['all', 'active', 'inactive'] as const
export type UserState = (typeof USER_STATES)[number]

/** Those in that state whose login name or display name holds every word; width and case do not matter. */
export function findUsers<T extends UserRowFragment>(
  users: readonly T[],
  query: string,
  state: UserState,
): readonly T[] {
  const matches = wordMatcher(query)
  return users.filter(({ loginName, displayName, deactivatedAt }) => {
    if (state !== 'all' && (state === 'active') !== (deactivatedAt === null)) return false
    return matches(`${loginName}\n${displayName}`)
  })
}

/** In the order of the reader's language: by the name that the screens show. */
export function sortUsers<T extends UserRowFragment>(
  users: readonly T[],
  language: string,
): readonly T[] {
  const { compare } = new Intl.Collator(language, { numeric: true })
  return users.toSorted(
    (a, b) => compare(a.displayName, b.displayName) || compare(a.loginName, b.loginName),
  )
}
