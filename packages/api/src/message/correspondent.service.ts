import type { DataSource } from 'typeorm'
import type { AccountReader } from '../account/account-reader.js'
import type { AccountScope } from '../account/account-scope.js'
import { accountNotFound } from '../account/account.errors.js'
import { parseEnvelopeAddress } from '../transport/smtp/envelope-address.js'
import type { MailAddress } from './message.type.js'

/** The newest of each folder are looked at: as fast with a hundred messages as with a million. */
const RECEIVED_LOOKED_AT = 2_000
const SENT_LOOKED_AT = 1_000
/** A message may name 500. */
const PEOPLE_LOOKED_AT = 20_000
/** More than asked for: what looks like an address may be none. */
const SPARE = 10

/** One mailbox however its domain is written (mailboxKey in the shared rules). */
const KEY = (address: string) =>
  `substring(${address} from '^(.*)@') || lower(substring(${address} from '@[^@]*$'))`
const FOLDED = (text: string) => `lower(normalize(${text}, NFKC))`
/** Whom somebody has written to comes first, by the name used then: mail that comes in claims anything. */
const CORRESPONDENTS = `
  WITH met AS (
    SELECT from_name AS name, from_address AS address, id, 0 AS sent
    FROM (SELECT from_name, from_address, id FROM message
      WHERE account_id = $1 AND folder = 'INBOX' AND deleted_at IS NULL
      ORDER BY id DESC LIMIT ${RECEIVED_LOOKED_AT}) AS received
    UNION ALL
    (SELECT person ->> 'name', person ->> 'address', id, 1
    FROM (SELECT id FROM message
      WHERE account_id = $1 AND folder = 'SENT' AND deleted_at IS NULL
      ORDER BY id DESC LIMIT ${SENT_LOOKED_AT}) AS outgoing
    JOIN message_content ON message_id = id
    CROSS JOIN jsonb_array_elements(recipients || copies) AS person
    LIMIT ${PEOPLE_LOOKED_AT})
  )
  SELECT (array_agg(name ORDER BY sent DESC, id DESC) FILTER (WHERE name <> ''))[1] AS name,
    (array_agg(address ORDER BY sent DESC, id DESC))[1] AS address
  FROM met
  WHERE address ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND ${KEY('address')} <> ${KEY('$2::text')}
    AND strpos(${FOLDED("coalesce(name, '') || ' ' || address")}, ${FOLDED('$3::text')}) > 0
  GROUP BY ${KEY('address')}
  ORDER BY sum(sent) DESC, count(*) DESC, (array_agg(id ORDER BY id DESC))[1] DESC
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
      ...[accountId, account.email, search.trim(), first + SPARE],
    ])
    return rows.filter(({ address }) => parseEnvelopeAddress(address) !== undefined).slice(0, first)
  }
}
