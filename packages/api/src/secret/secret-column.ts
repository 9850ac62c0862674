import { Column, getMetadataArgsStorage, type DataSource } from 'typeorm'
import { SnakeNaming } from '../db/snake-naming.js'
import type { SecretPlace } from './secret-box.js'

/** A class, as a decorator knows it. */
type EntityClass<T extends object = object> = abstract new () => T

interface Declared {
  readonly entity: unknown
  readonly property: string
}

const DECLARED: Declared[] = []
const naming = new SnakeNaming()

/**
 * A column that holds a sealed secret (secret-box.ts). Whatever is declared so is re-encrypted by
 * rotate-secrets, and refused by the database once its key is retired; nothing else holds secrets.
 */
export function SecretColumn({ nullable = false } = {}): PropertyDecorator {
  return (target, key) => {
    Column({ type: 'bytea', nullable })(target, key)
    DECLARED.push({ entity: target.constructor, property: String(key) })
  }
}

/**
 * Where an entity's secret stands.
 *
 * @param id the row's primary key
 */
export function secretPlace<T extends object>(
  entity: EntityClass<T>,
  property: keyof T & string,
  id: string | Buffer,
): SecretPlace {
  if (!DECLARED.some((each) => each.entity === entity && each.property === property)) {
    throw new Error(`${entity.name}.${property} is no SecretColumn`)
  }
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name
  if (table === undefined) throw new Error(`${entity.name} is no entity`)
  return placeIn(table, naming.columnName(property, '', []), id)
}

/** The same for whoever reads rows without entities. */
export function placeIn(table: string, field: string, id: string | Buffer): SecretPlace {
  return { table, field, id: typeof id === 'string' ? id : id.toString('hex') }
}

/** A table that has secrets, in the database's own words. */
export interface SecretTable {
  readonly name: string
  readonly key: string
  readonly keyType: 'uuid' | 'bytea'
  readonly columns: readonly string[]
}

/** Every table that has secrets. */
export function secretTables(dataSource: DataSource): SecretTable[] {
  return dataSource.entityMetadatas.flatMap((metadata): SecretTable[] => {
    const properties = DECLARED.filter(({ entity }) => entity === metadata.target)
    if (properties.length === 0) return []
    const [key, ...more] = metadata.primaryColumns
    if (key === undefined || more.length > 0 || (key.type !== 'uuid' && key.type !== 'bytea')) {
      throw new Error(`${metadata.tableName} has secrets and no key that they could be bound to`)
    }
    const columns = metadata.columns
      .filter(({ propertyPath }) => properties.some(({ property }) => property === propertyPath))
      .map(({ databaseName }) => databaseName)
    return [{ name: metadata.tableName, key: key.databaseName, keyType: key.type, columns }]
  })
}
