import { type GraphQLSchema } from 'graphql';
/**
 * Puts each operation behind its declared access. Throws where one declares none, so that a forgotten
 * decorator fails the build of the schema instead of opening a door.
 */
export declare function guardSchema(schema: GraphQLSchema): GraphQLSchema;
