import type { DataSource } from 'typeorm'

/** A message that this process is to parse. */
export interface Claimed {
  readonly id: string
  /** How often it was taken up by itself, this time included; 0 where it is one of several. */
  readonly attempts: number
}

/** Together at most; what comes after a larger one waits for the next time. */
const TOGETHER_MAX = 64
const TOGETHER_BYTES = 8 * 1024 * 1024
/** What a process that died had taken up together is another's after this; a living one renews it. */
const TOGETHER_SECONDS = 10
/** A message that has taken a process down is tried again after this. */
const ALONE_SECONDS = 120

/**
 * Which messages this process parses. Those that nobody has taken up yet are taken together, and that
 * counts for no attempt: where a process dies over them, nobody knows which it was. Each of them is then
 * taken up by itself, which is counted, so that none pays for another.
 */
export class ParseClaims {
  constructor(private readonly dataSource: DataSource) {}

  async together(): Promise<Claimed[]> {
    const [rows]: [{ id: string }[], number] = await this.dataSource.query(
      `WITH next AS (SELECT id, size_bytes FROM message
           WHERE parse_state = 'PENDING' AND parse_claimed_until IS NULL
           ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
         summed AS (SELECT id, row_number() OVER (ORDER BY id) AS nth,
           sum(size_bytes) OVER (ORDER BY id) AS bytes FROM next)
       UPDATE message SET parse_claimed_until = now() + $3 * interval '1 s'
       FROM summed WHERE message.id = summed.id AND (nth = 1 OR bytes <= $2)
       RETURNING message.id`,
      [TOGETHER_MAX, TOGETHER_BYTES, TOGETHER_SECONDS],
    )
    return rows.map(({ id }) => ({ id, attempts: 0 }))
  }

  /** One that somebody has taken up before and has not come to an end with; the least tried first. */
  async alone(): Promise<Claimed[]> {
    const [rows]: [Claimed[], number] = await this.dataSource.query(
      `UPDATE message SET parse_attempts = parse_attempts + 1,
         parse_claimed_until = now() + $1 * interval '1 s'
       WHERE id IN (SELECT id FROM message
         WHERE parse_state = 'PENDING' AND parse_claimed_until < now()
         ORDER BY parse_attempts, parse_claimed_until LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, parse_attempts AS attempts`,
      [ALONE_SECONDS],
    )
    return rows
  }

  /** Of those taken up together, what this process still has. */
  async renew(ids: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE message SET parse_claimed_until = now() + $2 * interval '1 s'
       WHERE id = ANY ($1::uuid[]) AND parse_state = 'PENDING'`,
      [ids, TOGETHER_SECONDS],
    )
  }

  /** What this process had not begun. */
  async giveBack(ids: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE message SET parse_claimed_until = NULL
       WHERE id = ANY ($1::uuid[]) AND parse_state = 'PENDING'`,
      [ids],
    )
  }
}
