import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
/**
 * The schema, each operation behind its declared access.
 *
 * @param resolvers the resolvers as app.ts made them; left out to print the schema only
 */
export declare function buildSchema(resolvers?: readonly object[]): Promise<GraphQLSchema>;
