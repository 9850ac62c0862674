import { ActorKind, type UserRole } from '@mailroom/shared'
import type { Actor } from '../audit/actor.js'
import type { User } from './user.entity.js'

/** Who is signed in, as every request needs it. */
export interface Caller {
  /** The person's. */
  readonly id: string
  readonly role: UserRole
  /** The login name, by which changes are told. */
  readonly name: string
}

/** The caller as the one who makes changes. */
export function actorOf(caller: Caller | undefined, address: string | null): Actor {
  return caller === undefined
    ? { kind: ActorKind.NOBODY, id: null, name: '', address }
    : { kind: ActorKind.USER, id: caller.id, name: caller.name, address }
}

/** A person who signs in from there. */
export function personAt(
  { id, loginName }: Pick<User, 'id' | 'loginName'>,
  address: string | null,
): Actor {
  return { kind: ActorKind.USER, id, name: loginName, address }
}
