import type {
  DataSource,
  EntityManager,
  EntityMetadata,
  EntityTarget,
  ObjectLiteral,
} from 'typeorm'

/**
 * Reads plain objects of an entity's shape without making entities of them, which is where nearly
 * all of the time of a long list goes (bench/README.md). The columns come from the entity itself.
 *
 * @param paths property paths to read, such as "outgoing.host"; undefined reads all
 * @param tail SQL after FROM, such as "WHERE id = $1 ORDER BY position"
 */
export async function readRows<T extends ObjectLiteral>(
  source: DataSource | EntityManager,
  entity: EntityTarget<T>,
  paths: ReadonlySet<string> | undefined,
  tail: string,
  parameters: unknown[] = [],
): Promise<T[]> {
  const metadata = metadataOf(source, entity)
  const columns = metadata.columns.filter((c) => paths === undefined || paths.has(c.propertyPath))
  // Something must be selected for there to be rows: a query may ask for __typename alone.
  const list = columns.map((c) => `"${c.databaseName}"`).join(', ') || '1'
  const raw: unknown = await source.query(
    `SELECT ${list} FROM "${metadata.tableName}" ${tail}`,
    parameters,
  )
  const shape = columns.map((c) => ({ name: c.databaseName, path: c.propertyPath.split('.') }))
  return (raw as Record<string, unknown>[]).map((row) => nest<T>(row, shape))
}

function metadataOf(
  source: DataSource | EntityManager,
  entity: EntityTarget<ObjectLiteral>,
): EntityMetadata {
  return ('connection' in source ? source.connection : source).getMetadata(entity)
}

function nest<T>(row: Record<string, unknown>, shape: { name: string; path: string[] }[]): T {
  const object: Record<string, unknown> = {}
  for (const { name, path } of shape) {
    const [first = '', second] = path
    if (second === undefined) object[first] = row[name]
    else {
      const inner = (object[first] ??= {}) as Record<string, unknown>
      inner[second] = row[name]
    }
  }
  return object as T
}
