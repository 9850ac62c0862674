import { Extensions } from 'type-graphql';
/** The key under which a root field's access stands in the schema. */
export const ACCESS_EXTENSION = 'mailroomAccess';
/**
 * Declares who may call a query, mutation or subscription. An operation without it fails the build of
 * the schema (see graphql/guard-schema.ts).
 */
export function Access(access) {
    return Extensions({ [ACCESS_EXTENSION]: access });
}
//# sourceMappingURL=access.js.map