import type { EntityManager } from 'typeorm'
import { SecretUnreadableError, type SecretBox } from './secret-box.js'
import { placeIn, type SecretTable } from './secret-column.js'

/** What became of the secrets of one pass. */
export interface Resealed {
  readonly count: number
  /** Those that no key opens, each as where it stands. */
  readonly unreadable: readonly string[]
}

interface Row {
  readonly key: string | Buffer
  readonly secrets: readonly (Buffer | null)[]
}

/** Rows that wait for us are few, and what a kill undoes is little. */
const BATCH_ROWS = 200

/**
 * Seals anew whatever of a table is not under the box's current key, batch by batch. What is under it
 * already is passed over: begun again after a kill, it goes on where it stopped.
 *
 * @param transaction runs one batch; its rows are locked until it ends, so that nobody else's change
 *   of them comes between reading and writing
 */
export async function resealTable(
  table: SecretTable,
  box: SecretBox,
  transaction: <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>,
  signal?: AbortSignal,
): Promise<Resealed> {
  let count = 0
  const unreadable: string[] = []
  for (let after: string | Buffer | undefined; ;) {
    signal?.throwIfAborted()
    const rows = await transaction(async (manager) => {
      const batch = await lockBatch(manager, table, box.keyIds[0], after)
      for (const [index, column] of table.columns.entries()) {
        const done = await resealColumn(manager, table, { index, column }, batch, box)
        count += done.count
        unreadable.push(...done.unreadable)
      }
      return batch
    })
    after = rows.at(-1)?.key
    if (after === undefined) return { count, unreadable }
  }
}

async function lockBatch(
  manager: EntityManager,
  { name, key, keyType, columns }: SecretTable,
  keyId: string,
  after: string | Buffer | undefined,
): Promise<Row[]> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  const isOther = columns
    .map((column) => `encode(substr("${column}", 2, 8), 'hex') <> $1`)
    .join(' OR ')
  return manager.query(
    `SELECT "${key}" AS key, ARRAY[${list}] AS secrets FROM "${name}"
     WHERE (${isOther}) AND ($2::${keyType} IS NULL OR "${key}" > $2::${keyType})
     ORDER BY "${key}" LIMIT ${BATCH_ROWS} FOR UPDATE`,
    [keyId, after ?? null],
  )
}

async function resealColumn(
  manager: EntityManager,
  { name, key, keyType }: SecretTable,
  { index, column }: { index: number; column: string },
  rows: readonly Row[],
  box: SecretBox,
): Promise<Resealed> {
  const keys: (string | Buffer)[] = []
  const sealed: Buffer[] = []
  const unreadable: string[] = []
  for (const row of rows) {
    const secret = row.secrets[index]
    if (secret == null || keyIdOf(secret) === box.keyIds[0]) continue
    const place = placeIn(name, column, row.key)
    try {
      sealed.push(box.seal(box.open(secret, place), place))
      keys.push(row.key)
    } catch (error) {
      if (!(error instanceof SecretUnreadableError)) throw error
      unreadable.push(`${name}.${column} of ${place.id}`)
    }
  }
  if (keys.length > 0) {
    await manager.query(
      `UPDATE "${name}" SET "${column}" = anew.sealed
       FROM unnest($1::${keyType}[], $2::bytea[]) AS anew (key, sealed)
       WHERE "${name}"."${key}" = anew.key`,
      [keys, sealed],
    )
  }
  return { count: keys.length, unreadable }
}

const keyIdOf = (sealed: Buffer) => sealed.subarray(1, 9).toString('hex')
