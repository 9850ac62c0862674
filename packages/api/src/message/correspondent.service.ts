import type { DataSource } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { accountNotFound } from '../account/account.errors.js'
import { parseEnvelopeAddress } from '../transport/smtp/envelope-address.js'
import type { MailAddress } from './message.type.js'

/** The newest of each folder are looked at: as fast with a hundred messages as with a million. */
const RECEIVED_LOOKED_AT = 2_000
const SENT_LOOKED_AT = 1_000
/** Whom somebody has written to, he writes to again sooner than to who has written to him. */
const SENT_WEIGHT = 5

const FOLDED = (text: string) => `lower(normalize(${text}, NFKC))`
const CORRESPONDENTS = `
  WITH met AS (
    SELECT from_name AS name, from_address AS address, id, 1 AS weight
    FROM (SELECT from_name, from_address, id FROM message
      WHERE account_id = $1 AND folder = 'INBOX' AND deleted_at IS NULL
      ORDER BY id DESC LIMIT ${RECEIVED_LOOKED_AT}) AS received
    UNION ALL
    SELECT person ->> 'name', person ->> 'address', id, ${SENT_WEIGHT}
    FROM (SELECT id FROM message
      WHERE account_id = $1 AND folder = 'SENT' AND deleted_at IS NULL
      ORDER BY id DESC LIMIT ${SENT_LOOKED_AT}) AS sent
    JOIN message_content ON message_id = id
    CROSS JOIN jsonb_array_elements(recipients || copies) AS person
  )
  SELECT (array_agg(name ORDER BY id DESC) FILTER (WHERE name <> ''))[1] AS name,
    (array_agg(address ORDER BY id DESC))[1] AS address
  FROM met
  WHERE lower(address) <> lower($2)
    AND strpos(${FOLDED("coalesce(name, '') || ' ' || address")}, ${FOLDED('$3::text')}) > 0
  GROUP BY lower(address)
  ORDER BY sum(weight) DESC, (array_agg(id ORDER BY id DESC))[1] DESC
  LIMIT $4`

/** The people whom an account writes with. Within a scope, what is outside does not exist. */
export class CorrespondentService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: AccountReader,
  ) {}

  /**
   * Those whose name or address contains the text, of whatever case and width; whom it writes to most
   * first, and nobody to whom nothing could be sent. Throws NOT_FOUND.
   */
  async find(
    scope: AccountScope,
    accountId: string,
    search: string,
    first: number,
  ): Promise<MailAddress[]> {
    const account = await this.accounts.findAlone(scope, accountId)
    if (account === null) throw accountNotFound()
    const rows: MailAddress[] = await this.dataSource.query(CORRESPONDENTS, [
      ...[accountId, account.email, search.trim(), first],
    ])
    return rows.filter(({ address }) => parseEnvelopeAddress(address) !== undefined)
  }
}
