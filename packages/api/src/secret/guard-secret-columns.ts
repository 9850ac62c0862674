import type { DataSource, QueryRunner } from 'typeorm'
import { secretTables } from './secret-column.js'

const TRIGGER = 'secret_key_of_'

/**
 * Has the database itself refuse secrets under a key that is retired (or unknown), whoever writes
 * them: a process that was not told of a new key cannot bring the old one back. A trigger for each
 * column that is declared as a secret, so that none can be forgotten.
 */
export async function guardSecretColumns(
  dataSource: DataSource,
  runner: QueryRunner,
): Promise<void> {
  const found = await runner.manager.query<{ name: string }[]>(
    `SELECT c.relname || '.' || t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE pg_table_is_visible(c.oid) AND starts_with(t.tgname, $1)`,
    [TRIGGER],
  )
  const guarded = new Set(found.map(({ name }) => name))
  for (const { name, columns } of secretTables(dataSource)) {
    for (const column of columns.filter((each) => !guarded.has(`${name}.${TRIGGER}${each}`))) {
      await runner.query(
        `CREATE TRIGGER "${TRIGGER}${column}" BEFORE INSERT OR UPDATE OF "${column}" ON "${name}"
         FOR EACH ROW EXECUTE FUNCTION refuse_retired_secret_key('${column}')`,
      )
    }
  }
}
