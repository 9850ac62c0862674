import type { UserRole } from '@mailroom/shared';
/** Who may call an operation: anyone, whoever is signed in, or administrators. */
export type Access = 'PUBLIC' | UserRole;
/** The key under which a root field's access stands in the schema. */
export declare const ACCESS_EXTENSION = "mailroomAccess";
/**
 * Declares who may call a query, mutation or subscription. An operation without it fails the build of
 * the schema (see graphql/guard-schema.ts).
 */
export declare function Access(access: Access): MethodDecorator;
