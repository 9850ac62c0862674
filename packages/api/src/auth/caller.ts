import { ActorKind, type UserRole } from '@mailroom/shared'
import type { Actor } from '../audit/actor.js'
import { unauthenticated } from '../errors.js'
import type { User } from './user.entity.js'

/** Who is signed in, as every request needs it. */
export interface Caller {
  /** The person's. */
  readonly id: string
  /** A token's where that is less than the person's. */
  readonly role: UserRole
  /** The login name, by which changes are told. */
  readonly name: string
  /** Set where a program calls in the person's place, with an API token. */
  readonly token?: { readonly id: string; readonly name: string }
  /** When the session or token ends at the latest, by this process's monotonic clock (performance.now()). */
  readonly endsAtMs: number
}

/** Who asks: behind @Access somebody does. Throws UNAUTHENTICATED. */
export function callerIn({ user }: { readonly user: Caller | undefined }): Caller {
  if (user === undefined) throw unauthenticated()
  return user
}

/** A person who is signed in, and by which session. */
export interface Person {
  readonly userId: string
  readonly sessionToken: string
}

/** The person who asks: behind @Access with `isPersonal` one does. Throws UNAUTHENTICATED. */
export function personIn(context: {
  readonly user: Caller | undefined
  readonly sessionToken: string | undefined
}): Person {
  const { sessionToken } = context
  if (sessionToken === undefined) throw unauthenticated()
  return { userId: callerIn(context).id, sessionToken }
}

/** The caller as the one who makes changes: a program is told by its token, and whose that is. */
export function actorOf(
  caller: Omit<Caller, 'endsAtMs'> | undefined,
  address: string | null,
): Actor {
  if (caller === undefined) return { kind: ActorKind.NOBODY, id: null, name: '', address }
  const { id, name, token } = caller
  return token === undefined
    ? { kind: ActorKind.USER, id, name, address }
    : { kind: ActorKind.TOKEN, id: token.id, name: `${token.name} (${name})`, address }
}

/** A person who signs in from there. */
export function personAt(
  { id, loginName }: Pick<User, 'id' | 'loginName'>,
  address: string | null,
): Actor {
  return { kind: ActorKind.USER, id, name: loginName, address }
}
