import { Kind } from 'graphql';
/**
 * The property paths that a query asks of the field being resolved, such as "outgoing.host", so that
 * only their columns are read. Directives are not evaluated: reading a column too many is harmless.
 */
export function selectedPaths(info) {
    const paths = new Set();
    for (const node of info.fieldNodes)
        collect(node.selectionSet, '', info, paths);
    return paths;
}
function collect(set, prefix, info, paths) {
    for (const selection of set?.selections ?? []) {
        if (selection.kind === Kind.FIELD) {
            const path = prefix + selection.name.value;
            if (selection.selectionSet === undefined)
                paths.add(path);
            else
                collect(selection.selectionSet, `${path}.`, info, paths);
        }
        else if (selection.kind === Kind.INLINE_FRAGMENT) {
            collect(selection.selectionSet, prefix, info, paths);
        }
        else {
            collect(info.fragments[selection.name.value]?.selectionSet, prefix, info, paths);
        }
    }
}
//# sourceMappingURL=selected-paths.js.map