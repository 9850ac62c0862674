import type { EntityManager } from 'typeorm'
import type { FieldChange } from '../audit/field-changes.js'
import type { MailServer } from './mail-server.entity.js'

type State = Pick<MailServer, 'id' | 'incoming' | 'outgoing'>

/** A change of a server's settings. */
export interface ServerChange {
  readonly before: State
  readonly after: State
}

/** What changes of servers mean to a domain that names them, by the servers' ids; told with the changes. */
export type TellConsequences = (
  manager: EntityManager,
  changes: readonly ServerChange[],
) => Promise<ReadonlyMap<string, readonly FieldChange[]>>

/** What changes mean to all who have something to tell, to be asked server by server. */
export async function consequencesOf(
  all: readonly TellConsequences[],
  manager: EntityManager,
  changes: readonly ServerChange[],
): Promise<(serverId: string) => readonly FieldChange[]> {
  const told = changes.length === 0 ? [] : await Promise.all(all.map((t) => t(manager, changes)))
  return (serverId) => told.flatMap((each) => each.get(serverId) ?? [])
}
