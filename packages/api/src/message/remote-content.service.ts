import { codeKey, REMOTE_SENDERS_MAX } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import { AskedTogether } from '../graphql/asked-together.js'
import { tooManyRemoteSenders } from './message.errors.js'

/** Neither is in a UUID or begins an address. */
const BETWEEN = ' '

/** Whose remote images a person wants to see. From says nothing that is proven, so this is about privacy only. */
export class RemoteContentService {
  readonly #allowed: AskedTogether<true>

  constructor(private readonly dataSource: DataSource) {
    this.#allowed = new AskedTogether((asked) => this.#allowedOf(asked))
  }

  async isAllowed(userId: string, sender: string): Promise<boolean> {
    return (await this.#allowed.of(userId + BETWEEN + codeKey(sender))) ?? false
  }

  /** Throws CONFLICT where the person has named so many already. */
  async show(userId: string, sender: string): Promise<void> {
    const rows: unknown[] = await this.dataSource.query(
      `WITH kept AS (SELECT count(*) AS n FROM remote_content_sender WHERE user_id = $1)
       INSERT INTO remote_content_sender (user_id, sender)
       SELECT $1, $2 FROM kept WHERE n < $3
       ON CONFLICT (user_id, sender) DO UPDATE SET allowed_at = now()
       RETURNING sender`,
      [userId, codeKey(sender), REMOTE_SENDERS_MAX],
    )
    if (rows.length === 0) throw tooManyRemoteSenders(REMOTE_SENDERS_MAX)
  }

  async hide(userId: string, sender: string): Promise<void> {
    await this.dataSource.query(
      'DELETE FROM remote_content_sender WHERE user_id = $1 AND sender = $2',
      [userId, codeKey(sender)],
    )
  }

  async #allowedOf(asked: readonly string[]): Promise<ReadonlyMap<string, true>> {
    const pairs = asked.map((each) => {
      const at = each.indexOf(BETWEEN)
      return { userId: each.slice(0, at), sender: each.slice(at + 1) }
    })
    const rows: { userId: string; sender: string }[] = await this.dataSource.query(
      `SELECT user_id AS "userId", sender FROM remote_content_sender
       WHERE (user_id, sender) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
      [pairs.map(({ userId }) => userId), pairs.map(({ sender }) => sender)],
    )
    return new Map(rows.map(({ userId, sender }) => [userId + BETWEEN + sender, true]))
  }
}
