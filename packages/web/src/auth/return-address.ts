import { UserRole } from '@mailroom/shared'

type Person = { readonly role: UserRole } | null

/** Where somebody begins: the administrator with the servers, everybody else with their accounts. */
export function home(person: Person): string {
  return person?.role === UserRole.USER ? '/mail-accounts' : '/mail-servers'
}

/** Where to go after signing in: only to our own pages, wherever the address came from. */
export function returnAddress(wanted: unknown, person: Person): string {
  const isOwn = typeof wanted === 'string' && /^\/(?![/\\])/.test(wanted)
  return isOwn && !wanted.startsWith('/sign-in') ? wanted : home(person)
}
