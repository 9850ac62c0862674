import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
/**
 * Refuses variables that do not fit their types, by path, before graphql-js does so in a message that
 * repeats the value. Throws a GraphQLError around BAD_USER_INPUT.
 */
export declare function refuseBadVariables(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): void;
/**
 * Marks validation errors about literals in the query with the path of the field they were written
 * for, so that they are answered as refused fields too.
 */
export declare function markBadLiterals(document: DocumentNode, errors: readonly GraphQLError[]): void;
