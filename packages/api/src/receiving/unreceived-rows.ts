import type { EntityManager } from 'typeorm'
import { bytes } from './hex-keys.js'
import type { Storing } from './received-store.js'

/** A message that stays at its server. */
export interface Unreceived {
  readonly idKey: string
  readonly uniqueId: string | undefined
  readonly sizeBytes: number | undefined
  readonly problem: string
  readonly detail: string | undefined
}

/** Replaces the list of what stays at an account's server by what this run has found. */
export async function replaceUnreceived(
  manager: EntityManager,
  { lease, runId, listing }: Storing,
  unreceived: readonly Unreceived[],
): Promise<void> {
  const { accountId } = lease
  const box = bytes(listing.mailboxKey)
  // Two messages may share an id; a row can be written once by a statement.
  const found = [...new Map(unreceived.map((each) => [each.idKey, each])).values()]
  await manager.query(
    `INSERT INTO unreceived_message
       (account_id, mailbox_key, id_key, unique_id, size_bytes, problem, detail, run_id)
     SELECT $1, $2, id_key, unique_id, size_bytes, problem, detail, $3
     FROM unnest($4::bytea[], $5::text[], $6::bigint[], $7::text[], $8::text[])
       AS found (id_key, unique_id, size_bytes, problem, detail)
     ON CONFLICT (account_id, mailbox_key, id_key) DO UPDATE SET
       size_bytes = excluded.size_bytes, problem = excluded.problem, detail = excluded.detail,
       run_id = excluded.run_id, last_seen_at = now()`,
    [
      ...[accountId, box, runId],
      found.map(({ idKey }) => bytes(idKey)),
      found.map(({ uniqueId }) => uniqueId ?? null),
      found.map(({ sizeBytes }) => sizeBytes ?? null),
      found.map(({ problem }) => problem),
      found.map(({ detail }) => detail ?? null),
    ],
  )
  await manager.query(`DELETE FROM unreceived_message WHERE account_id = $1 AND run_id <> $2`, [
    accountId,
    runId,
  ])
}
