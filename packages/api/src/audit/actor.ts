import { ActorKind } from '@mailroom/shared'

/** Who makes a change, and from where; every service that changes something is told. */
export interface Actor {
  readonly kind: ActorKind
  /** The person's, or the token's; null for who is neither. */
  readonly id: string | null
  /** As it was then: the person or token may be renamed or gone when it is read. */
  readonly name: string
  /** The network address; null for Mailroom itself. */
  readonly address: string | null
}

/** Mailroom itself: what happens at a start, or by the clock. */
export const SYSTEM: Actor = { kind: ActorKind.SYSTEM, id: null, name: 'Mailroom', address: null }
