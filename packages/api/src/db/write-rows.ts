import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

/** Many rows of an entity, whose columns come from the entity itself. */
interface ManyRows<Row extends object> {
  readonly entity: EntityTarget<ObjectLiteral>
  readonly rows: readonly Row[]
  /** Property paths of columns that stay as they are, or get their defaults. */
  readonly without: ReadonlySet<string>
}

/** Adds many rows in one statement, however many they are. */
export async function insertRows(manager: EntityManager, many: ManyRows<object>): Promise<void> {
  if (many.rows.length === 0) return
  const { table, names, json } = statementOf(manager, many)
  const list = names.join(', ')
  await manager.query(
    `INSERT INTO ${table} (${list})
     SELECT ${list} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    [json],
  )
}

/**
 * Changes many rows in one statement, each where it still has the version that it names, which then
 * grows by one. Answers how many those were.
 */
export async function updateRows(
  manager: EntityManager,
  many: ManyRows<{ readonly id: string; readonly version: number }>,
): Promise<number> {
  if (many.rows.length === 0) return 0
  const { table, names, json } = statementOf(manager, many)
  const set = names.filter((name) => name !== '"id"' && name !== '"version"')
  const [, affected]: [unknown, number] = await manager.query(
    `UPDATE ${table} AS old
     SET ${set.map((name) => `${name} = new.${name}`).join(', ')},
       version = old.version + 1, updated_at = now()
     FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) AS new
     WHERE old.id = new.id AND old.version = new.version`,
    [json],
  )
  return affected
}

/** Gives one column of bytes of many rows the value that each is to have. */
export async function setColumn(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  property: string,
  values: readonly { readonly id: string; readonly value: Buffer | null }[],
): Promise<void> {
  if (values.length === 0) return
  const { tableName, columns } = manager.connection.getMetadata(entity)
  const name = columns.find(({ propertyPath }) => propertyPath === property)?.databaseName
  await manager.query(
    `UPDATE "${tableName}" AS old SET "${name}" = new.value
     FROM unnest($1::uuid[], $2::bytea[]) AS new (id, value) WHERE old.id = new.id`,
    [values.map(({ id }) => id), values.map(({ value }) => value)],
  )
}

/** As many ids as there are rows to add. */
export async function newIds(manager: EntityManager, count: number): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    'SELECT uuidv7() AS id FROM generate_series(1, $1::int)',
    [count],
  )
  return rows.map(({ id }) => id)
}

function statementOf(manager: EntityManager, { entity, rows, without }: ManyRows<object>) {
  const metadata = manager.connection.getMetadata(entity)
  const columns = metadata.columns
    .filter(({ propertyPath }) => !without.has(propertyPath))
    .map(({ databaseName, propertyPath }) => ({ databaseName, path: propertyPath.split('.') }))
  const json = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ databaseName, path }) => [
        databaseName,
        toJson(path.reduce<unknown>(valueIn, row)),
      ]),
    ),
  )
  return {
    table: `"${metadata.tableName}"`,
    names: columns.map(({ databaseName }) => `"${databaseName}"`),
    json: JSON.stringify(json),
  }
}

const valueIn = (object: unknown, key: string): unknown =>
  typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined

/** Bytes as PostgreSQL reads them. */
const toJson = (value: unknown): unknown =>
  Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value
