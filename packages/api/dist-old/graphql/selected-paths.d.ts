import { type GraphQLResolveInfo } from 'graphql';
/**
 * The property paths that a query asks of the field being resolved, such as "outgoing.host", so that
 * only their columns are read. Directives are not evaluated: reading a column too many is harmless.
 */
export declare function selectedPaths(info: GraphQLResolveInfo): ReadonlySet<string>;
