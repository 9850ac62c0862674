/**
 * Reads plain objects of an entity's shape without making entities of them, which is where nearly
 * all of the time of a long list goes (bench/README.md). The columns come from the entity itself.
 *
 * @param paths property paths to read, such as "outgoing.host"; undefined reads all
 * @param tail SQL after FROM, such as "WHERE id = $1 ORDER BY position"
 */
export async function readRows(source, entity, paths, tail, parameters = []) {
    const metadata = metadataOf(source, entity);
    const columns = metadata.columns.filter((c) => paths === undefined || paths.has(c.propertyPath));
    // Something must be selected for there to be rows: a query may ask for __typename alone.
    const list = columns.map((c) => `"${c.databaseName}"`).join(', ') || '1';
    const raw = await source.query(`SELECT ${list} FROM "${metadata.tableName}" ${tail}`, parameters);
    const shape = columns.map((c) => ({ name: c.databaseName, path: c.propertyPath.split('.') }));
    return raw.map((row) => nest(row, shape));
}
function metadataOf(source, entity) {
    return ('connection' in source ? source.connection : source).getMetadata(entity);
}
function nest(row, shape) {
    const object = {};
    for (const { name, path } of shape) {
        const [first = '', second] = path;
        if (second === undefined)
            object[first] = row[name];
        else {
            const inner = (object[first] ??= {});
            inner[second] = row[name];
        }
    }
    return object;
}
//# sourceMappingURL=read-rows.js.map