import { MessageFolder } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import { bytes } from './hex-keys.js'
import type { Listing } from './judge.js'
import type { RunFigures } from './run-figures.js'

/** A message that was fetched. */
export interface FetchedMessage {
  /** Undefined where the server has none for it. */
  readonly uniqueId: string | undefined
  /** Hexadecimal; the content's hash where the server has no id. */
  readonly idKey: string
  readonly sha256: string
  readonly source: Buffer
  /** How many of this id and these bytes this run has met, this one included. */
  readonly copies: number
}

/** A fetched message and the message that it is, or becomes. */
export interface Judged {
  readonly message: FetchedMessage
  readonly messageId: string
}

export async function insertMessages(
  manager: EntityManager,
  accountId: string,
  stored: readonly Judged[],
): Promise<void> {
  if (stored.length === 0) return
  await manager.query(
    `INSERT INTO message (id, account_id, folder, size_bytes, sha256)
     SELECT id, $1, $2, size_bytes, sha256
     FROM unnest($3::uuid[], $4::int[], $5::bytea[]) AS new (id, size_bytes, sha256)`,
    [
      ...[accountId, MessageFolder.INBOX],
      stored.map(({ messageId }) => messageId),
      stored.map(({ message }) => message.source.length),
      stored.map(({ message }) => bytes(message.sha256)),
    ],
  )
}

export async function upsertIdentities(
  manager: EntityManager,
  { accountId, runId, listing }: { accountId: string; runId: string; listing: Listing },
  judged: readonly Judged[],
): Promise<void> {
  // A row can be written once by a statement: of copies within this batch the last one counts them all.
  const rows = [
    ...new Map(
      judged.map((each) => [`${each.message.idKey} ${each.message.sha256}`, each]),
    ).values(),
  ]
  await manager.query(
    `INSERT INTO received_identity
       (account_id, mailbox_key, id_key, sha256, message_id, unique_id, size_bytes, copies, run_id)
     SELECT $1, $2, id_key, sha256, message_id, unique_id, size_bytes, copies, $3
     FROM unnest($4::bytea[], $5::bytea[], $6::uuid[], $7::text[], $8::int[], $9::smallint[])
       AS new (id_key, sha256, message_id, unique_id, size_bytes, copies)
     ON CONFLICT (account_id, mailbox_key, id_key, sha256) DO UPDATE SET
       copies = greatest(received_identity.copies, excluded.copies),
       removed_at = NULL, missed_at = NULL`,
    [
      ...[accountId, bytes(listing.mailboxKey), runId],
      rows.map(({ message }) => bytes(message.idKey)),
      rows.map(({ message }) => bytes(message.sha256)),
      rows.map(({ messageId }) => messageId),
      rows.map(({ message }) => message.uniqueId ?? null),
      rows.map(({ message }) => message.source.length),
      rows.map(({ message }) => message.copies),
    ],
  )
}

export async function writeFigures(
  manager: EntityManager | DataSource,
  runId: string,
  { found, stored, alreadyHad, failed, tooLarge }: RunFigures,
): Promise<void> {
  await manager.query(
    `UPDATE receive_run SET found = $2, stored = $3, already_had = $4, failed = $5, too_large = $6
     WHERE id = $1`,
    [runId, found, stored, alreadyHad, failed, tooLarge],
  )
}
