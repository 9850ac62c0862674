import { DiagnosisProblem, RecipientState, SendState } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { SoonAnnouncedTransactions } from '../db/announced.js'
import { parseEnvelopeAddress } from '../transport/smtp/envelope-address.js'
import { ClaimLost } from './send-failure.js'
import { IS_SHOWN, moveToSent } from './sending-writes.js'
import type { Verdict } from './verdict.js'

/** A dead worker's messages are free after this; a living one renews long before. */
const CLAIM_SECONDS = 12

/**
 * A message that has taken more workers with it than these may be the reason: it waits before the
 * next, a minute longer each time. Claims (the fence) beyond the attempts are such.
 */
const DEATHS_UNHEEDED = 3
const DEATH_PAUSE_MAX_MINUTES = 10

/** A message that one worker has, by a number that grows each time that one takes it. */
export interface Claim {
  readonly id: string
  readonly fence: string
  readonly accountId: string
  readonly messageId: string
  readonly sender: string
  /** This one included. */
  readonly attempts: number
  /** Whom it has not reached, with their places. */
  readonly pending: readonly { readonly position: number; readonly address: string }[]
  /** Whether others have it already. */
  readonly hasReached: boolean
  /** Whether its header names addresses as they are, in UTF-8 (RFC 6532), also of whom it has reached. */
  readonly hasUtf8Addresses: boolean
}

interface ClaimedRow extends Omit<Claim, 'pending' | 'hasReached' | 'hasUtf8Addresses'> {
  readonly recipients: readonly {
    readonly position: number
    readonly address: string
    readonly state: RecipientState
  }[]
}

/** What is written of a message while it is sent. The database's clock decides. */
export class SendStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: SoonAnnouncedTransactions,
  ) {}

  /**
   * The next that is due, for this worker alone; undefined where there is none. What was deleted
   * while nobody knew whether it had arrived waits for somebody to bring it back.
   */
  async claim(accountId: string): Promise<Claim | undefined> {
    const row = await claimRow(this.dataSource, accountId)
    // From now on it is too late to take it back: whoever looks at it has to see that.
    if (row !== undefined) this.transactions.announce()
    return row && claimOf(row)
  }

  /** Keeps those; answers the ids of those that still are this worker's. */
  async renew(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const [rows]: [{ id: string }[], number] = await this.dataSource.query(
      `UPDATE sending SET claimed_until = clock_timestamp() + $3 * interval '1 s'
       FROM unnest($1::uuid[], $2::bigint[]) AS held (id, fence)
       WHERE sending.id = held.id AND sending.fence = held.fence AND state = 'SENDING'
       RETURNING sending.id`,
      [claims.map(({ id }) => id), claims.map(({ fence }) => fence), CLAIM_SECONDS],
    )
    return new Set(rows.map(({ id }) => id))
  }

  /**
   * Committed before the final dot is written: whoever finds this, and no end, knows that the server
   * may have the message. Throws {@link ClaimLost} where it is another worker's, or gone.
   */
  async noteDot({ id, fence }: Claim): Promise<void> {
    const [, noted]: [unknown, number] = await this.dataSource.query(
      `UPDATE sending SET dot_at = clock_timestamp()
       WHERE id = $1 AND fence = $2 AND state = 'SENDING' AND claimed_until > clock_timestamp()`,
      [id, fence],
    )
    if (noted === 0) throw new ClaimLost()
  }

  /** To be taken up by whoever comes: nothing of it has reached a server as a whole. */
  async putBack({ id, fence }: Claim): Promise<void> {
    await this.transactions.run((manager) =>
      manager.query(
        `UPDATE sending SET state = 'QUEUED', attempts = attempts - 1, claimed_until = NULL,
           due_at = now(), changed_at = now()
         WHERE id = $1 AND fence = $2 AND state = 'SENDING' AND dot_at IS NULL`,
        [id, fence],
      ),
    )
  }

  /**
   * What came of an attempt. One that was given up for dead and is not counts as well: nobody else had
   * it since. In the same COMMIT the account's next that is due is claimed, where `isGoingOn`.
   */
  async end(claim: Claim, verdict: Verdict, isGoingOn: boolean): Promise<Claim | undefined> {
    const next = await this.transactions.run(async (manager) => {
      // First: whoever counts what a folder holds is locked by the rest (the mailbox migration).
      const row = isGoingOn ? await claimRow(manager, claim.accountId) : undefined
      await writeEnd(manager, claim, verdict)
      return row
    })
    return next && claimOf(next)
  }

  /**
   * What a worker had that is dead: where the dot may have been written nobody knows whether it
   * arrived; the rest is sent by the next. Within the transaction of whoever looks after it.
   */
  async takeOver(manager: EntityManager): Promise<number> {
    const [, taken]: [unknown, number] = await manager.query(
      `UPDATE sending SET claimed_until = NULL, changed_at = now(),
         due_at = now() + least($2::int, greatest(0, fence - attempts - $3::int)) * interval '1 min',
         state = CASE WHEN dot_at IS NULL THEN 'QUEUED' ELSE 'UNCONFIRMED' END,
         attempts = CASE WHEN dot_at IS NULL THEN attempts - 1 ELSE attempts END,
         problem = CASE WHEN dot_at IS NULL THEN problem ELSE $1::varchar END,
         detail = CASE WHEN dot_at IS NULL THEN detail END,
         ended_at = CASE WHEN dot_at IS NULL THEN ended_at ELSE now() END
       WHERE state = 'SENDING' AND claimed_until < clock_timestamp()`,
      [DiagnosisProblem.CONNECTION_LOST, DEATH_PAUSE_MAX_MINUTES, DEATHS_UNHEEDED],
    )
    return taken
  }
}

async function claimRow(
  source: DataSource | EntityManager,
  accountId: string,
): Promise<ClaimedRow | undefined> {
  const [rows]: [ClaimedRow[], number] = await source.query(
    `UPDATE sending SET state = $2, fence = fence + 1, attempts = attempts + 1, dot_at = NULL,
       claimed_until = clock_timestamp() + $3 * interval '1 s', changed_at = now()
     WHERE id = (SELECT id FROM sending WHERE account_id = $1 AND state = 'QUEUED' AND due_at <= now()
       AND ${IS_SHOWN} ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, fence, account_id AS "accountId", message_id AS "messageId", sender, attempts,
       (SELECT json_agg(json_build_object('position', position, 'address', address, 'state', recipient.state)
          ORDER BY position)
        FROM sending_recipient AS recipient WHERE sending_id = sending.id) AS recipients`,
    [accountId, SendState.SENDING, CLAIM_SECONDS],
  )
  return rows[0]
}

const claimOf = ({ recipients, ...row }: ClaimedRow): Claim => ({
  ...row,
  pending: recipients.filter(({ state }) => state === RecipientState.PENDING),
  hasReached: recipients.some(({ state }) => state === RecipientState.ACCEPTED),
  hasUtf8Addresses: recipients.some(
    ({ address }) => parseEnvelopeAddress(address)?.needsSmtpUtf8 === true,
  ),
})

async function writeEnd(
  manager: EntityManager,
  { id, fence }: Claim,
  verdict: Verdict,
): Promise<void> {
  const { state, problem, detail, retryMinutes } = verdict
  const [, ended]: [unknown, number] = await manager.query(
    `UPDATE sending SET state = $3::varchar, problem = $4, detail = $5, claimed_until = NULL,
       due_at = now() + coalesce($6::int, 0) * interval '1 min', changed_at = now(),
       ended_at = CASE WHEN $6::int IS NULL THEN now() END,
       content = CASE WHEN $3::varchar <> 'SENT' THEN content END
     WHERE id = $1 AND fence = $2 AND state IN ('SENDING', 'UNCONFIRMED')`,
    [id, fence, state, problem, detail, retryMinutes],
  )
  if (ended === 0) return
  await writeRecipients(manager, id, verdict)
  if (state === SendState.SENT) await moveToSent(manager, id)
}

async function writeRecipients(
  manager: EntityManager,
  sendingId: string,
  { recipients }: Verdict,
): Promise<void> {
  await manager.query(
    `UPDATE sending_recipient SET state = told.state, said = told.said
     FROM unnest($2::int[], $3::text[], $4::text[]) AS told (position, state, said)
     WHERE sending_id = $1 AND sending_recipient.position = told.position`,
    [
      sendingId,
      recipients.map(({ position }) => position),
      recipients.map(({ state }) => state),
      recipients.map(({ said }) => said),
    ],
  )
}
