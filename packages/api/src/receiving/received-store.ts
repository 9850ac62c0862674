import type { DataSource, EntityManager } from 'typeorm'
import { ANNOUNCE_CHANGE } from '../db/change-feed.js'
import { readRows } from '../db/read-rows.js'
import { newIds } from '../db/write-rows.js'
import type { MessageSourceStore } from '../message/message-source-store.js'
import { bytes, hex } from './hex-keys.js'
import {
  insertMessages,
  upsertIdentities,
  writeFigures,
  type FetchedMessage,
} from './insert-received.js'
import { isHeld, sameMessage, type KnownIdentity, type Listing } from './judge.js'
import type { Lease } from './lease.js'
import { ReceivedIdentity } from './received-identity.entity.js'
import { contentKey, type RunFigures } from './run-figures.js'
import { replaceUnreceived, type Unreceived } from './unreceived-rows.js'

/** Where and for which run messages are stored. */
export interface Storing {
  readonly lease: Lease
  readonly runId: string
  readonly listing: Listing
}

/** A message that was received, as its mailbox calls it. */
export interface HeldMessage {
  readonly idKey: string
  readonly uniqueId: string | null
  readonly messageId: string
  readonly sizeBytes: number
  readonly receivedAt: Date
}

/** STORED: now. HAD: it was here. */
export type StoreOutcome = 'STORED' | 'HAD'

/** What is kept of received mail, and what tells that it is here. */
export class ReceivedStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sources: MessageSourceStore,
  ) {}

  /**
   * Which listed ids are here already. Notes which known ones a full listing lacks.
   *
   * @param isToGo whether what is here already will be removed at the server
   * @returns the run that received it by id, for what need not be fetched
   */
  async compare<
    T extends { readonly idKey: string | undefined; readonly sizeBytes: number | undefined },
  >(
    accountId: string,
    listed: readonly T[],
    listing: Listing,
    isToGo: boolean,
  ): Promise<ReadonlyMap<T, string>> {
    const box = bytes(listing.mailboxKey)
    const ids = [...listing.counts.keys()].map(bytes)
    if (listing.listsAll) {
      await this.dataSource.query(
        `UPDATE received_identity SET missed_at = now()
         WHERE account_id = $1 AND mailbox_key = $2 AND removed_at IS NULL AND missed_at IS NULL
           AND NOT EXISTS (SELECT FROM unnest($3::bytea[]) AS listed (id) WHERE listed.id = id_key)`,
        [accountId, box, ids],
      )
    }
    const known = Map.groupBy(
      await this.#known('mailbox_key = $2 AND id_key = ANY ($3::bytea[])', [accountId, box, ids]),
      ({ idKey }) => idKey,
    )
    const held = new Map<T, string>()
    for (const each of listed) {
      const rows = known.get(each.idKey ?? '') ?? []
      const [first] = rows
      if (first !== undefined && isHeld(each, rows, listing, isToGo)) held.set(each, first.runId)
    }
    return held
  }

  /** What a run has stored so far, by {@link contentKey}: it may have been taken up after a worker died. */
  async storedBy(accountId: string, runId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ idKey: string; sha256: string }[]>(
      `SELECT DISTINCT ON (message_id) encode(id_key, 'hex') AS "idKey",
         encode(sha256, 'hex') AS sha256
       FROM received_identity AS own
       WHERE account_id = $1 AND run_id = $2 AND NOT EXISTS (
         SELECT FROM received_identity AS other
         WHERE other.account_id = $1 AND other.sha256 = own.sha256
           AND other.message_id = own.message_id AND other.run_id <> $2)`,
      [accountId, runId],
    )
    return rows.map(contentKey)
  }

  /**
   * Stores messages in one transaction, and resolves once its COMMIT is acknowledged: only then may
   * they be marked or removed at their server. Throws LeaseLost where the lease went.
   *
   * @param figuresOf the run's figures when these outcomes are counted in
   * @param isRepeated whether an earlier try may have been committed without our hearing of it
   */
  store(
    { lease, runId, listing }: Storing,
    messages: readonly FetchedMessage[],
    figuresOf: (outcomes: readonly StoreOutcome[]) => RunFigures,
    isRepeated = false,
  ): Promise<StoreOutcome[]> {
    const { accountId } = lease
    const work = async (manager: EntityManager) => {
      await lease.require(manager)
      const hashes = messages.map(({ sha256 }) => bytes(sha256))
      const known = await this.#known('sha256 = ANY ($2::bytea[])', [accountId, hashes], manager)
      const ids = await newIds(manager, messages.length)
      const judged = messages.map((message, index) => {
        const same = sameMessage(message, known, listing)
        const messageId = same?.messageId ?? ids[index] ?? ''
        const wasStored = isRepeated && same !== undefined && isOfRun(same, known, runId)
        // What comes later in this batch is compared with this one too.
        known.push({ ...identityOf(message, listing, messageId), runId })
        return { message, messageId, isNew: same === undefined, wasStored }
      })
      const stored = judged.filter(({ isNew }) => isNew)
      await insertMessages(manager, accountId, stored)
      await this.sources.put(
        manager,
        stored.map(({ messageId, message }) => ({ messageId, source: message.source })),
      )
      await upsertIdentities(manager, { accountId, runId, listing }, judged)
      const outcomes = judged.map(({ isNew, wasStored }): StoreOutcome =>
        isNew || wasStored ? 'STORED' : 'HAD',
      )
      await writeFigures(manager, runId, figuresOf(outcomes))
      if (stored.length > 0) await manager.query(ANNOUNCE_CHANGE, ['message'])
      await manager.query(ANNOUNCE_CHANGE, ['receive-run'])
      return outcomes
    }
    return lease.whileStoring(() => this.dataSource.transaction(work))
  }

  /**
   * That the server is about to be told to remove these. Whether it did may never be known: should one
   * of their ids be there again, its content decides.
   */
  async noteRemoving({ lease, listing }: Storing, idKeys: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE received_identity SET missed_at = coalesce(missed_at, now())
       WHERE account_id = $1 AND mailbox_key = $2 AND id_key = ANY ($3::bytea[])`,
      [lease.accountId, bytes(listing.mailboxKey), idKeys.map(bytes)],
    )
  }

  /** That the server has confirmed the removal of these. */
  async noteRemoved({ lease, listing }: Storing, idKeys: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE received_identity SET removed_at = now()
       WHERE account_id = $1 AND mailbox_key = $2 AND id_key = ANY ($3::bytea[])`,
      [lease.accountId, bytes(listing.mailboxKey), idKeys.map(bytes)],
    )
  }

  /** That the server has marked these to be deleted, which it does not do itself. */
  async noteMarked({ lease, listing }: Storing, idKeys: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE received_identity SET marked_at = now()
       WHERE account_id = $1 AND mailbox_key = $2 AND id_key = ANY ($3::bytea[])`,
      [lease.accountId, bytes(listing.mailboxKey), idKeys.map(bytes)],
    )
  }

  /** What was received from a mailbox and was not removed there by us. */
  async held(accountId: string, mailboxKey: string): Promise<HeldMessage[]> {
    return this.dataSource.query(
      `SELECT encode(id_key, 'hex') AS "idKey", unique_id AS "uniqueId", message_id AS "messageId",
         size_bytes AS "sizeBytes", received_at AS "receivedAt"
       FROM received_identity
       WHERE account_id = $1 AND mailbox_key = $2 AND removed_at IS NULL AND unique_id IS NOT NULL
       ORDER BY received_at DESC`,
      [accountId, bytes(mailboxKey)],
    )
  }

  /**
   * What was received so long ago and, as far as is known, still lies there. What was marked once and is
   * there still is whoever's who took the mark away, or waits for somebody to expunge it.
   */
  async expired(
    accountId: string,
    { mailboxKey }: Listing,
    days: number,
  ): Promise<{ readonly idKey: string; readonly uniqueId: string; readonly sizeBytes: number }[]> {
    return this.dataSource.query(
      `SELECT DISTINCT encode(id_key, 'hex') AS "idKey", unique_id AS "uniqueId",
         size_bytes AS "sizeBytes"
       FROM received_identity
       WHERE account_id = $1 AND mailbox_key = $2 AND removed_at IS NULL AND missed_at IS NULL
         AND marked_at IS NULL AND unique_id IS NOT NULL AND received_at < now() - $3 * interval '1 day'`,
      [accountId, bytes(mailboxKey), days],
    )
  }

  /** Replaces the list of what stays at the server by what this run has found. */
  async noteUnreceived(storing: Storing, unreceived: readonly Unreceived[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await storing.lease.require(manager)
      await replaceUnreceived(manager, storing, unreceived)
    })
  }

  #known(where: string, parameters: unknown[], manager?: EntityManager): Promise<KnownIdentity[]> {
    return readRows(
      manager ?? this.dataSource,
      ReceivedIdentity,
      undefined,
      `WHERE account_id = $1 AND ${where}`,
      parameters,
    ).then((rows) => rows.map(knownOf))
  }
}

function knownOf(row: ReceivedIdentity): KnownIdentity {
  const { messageId, sizeBytes, copies, runId } = row
  return {
    ...{ messageId, sizeBytes, copies, runId },
    mailboxKey: hex(row.mailboxKey),
    idKey: hex(row.idKey),
    sha256: hex(row.sha256),
    isRemoved: row.removedAt !== null,
    isMissed: row.missedAt !== null,
  }
}

function identityOf(
  { idKey, sha256, source, copies }: FetchedMessage,
  { mailboxKey }: Listing,
  messageId: string,
) {
  const sizeBytes = source.length
  return {
    ...{ mailboxKey, idKey, sha256, messageId, sizeBytes, copies },
    isRemoved: false,
    isMissed: false,
  }
}

/** Whether the message that a row names was stored by this run, and not only found again by it. */
const isOfRun = (row: KnownIdentity, known: readonly KnownIdentity[], runId: string) =>
  known.every((each) => each.messageId !== row.messageId || each.runId === runId)
