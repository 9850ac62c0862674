import { UserRole } from '@mailroom/shared';
import { GraphQLError, defaultFieldResolver, } from 'graphql';
import { ACCESS_EXTENSION } from '../auth/access.js';
import { forbidden, unauthenticated } from '../errors.js';
/**
 * Puts each operation behind its declared access. Throws where one declares none, so that a forgotten
 * decorator fails the build of the schema instead of opening a door.
 */
export function guardSchema(schema) {
    for (const type of [
        schema.getQueryType(),
        schema.getMutationType(),
        schema.getSubscriptionType(),
    ]) {
        if (type != null)
            guardType(type);
    }
    return schema;
}
function guardType(type) {
    for (const field of Object.values(type.getFields())) {
        const access = field.extensions[ACCESS_EXTENSION];
        if (!isAccess(access)) {
            throw new GraphQLError(`${type.name}.${field.name} does not declare who may call it: add @Access.`);
        }
        field.resolve = guarded(access, field.resolve ?? defaultFieldResolver);
        if (field.subscribe !== undefined)
            field.subscribe = guarded(access, field.subscribe);
    }
}
function guarded(access, resolve) {
    return (source, args, context, info) => {
        requireAccess(access, context);
        return resolve(source, args, context, info);
    };
}
/** Throws UNAUTHENTICATED or FORBIDDEN where the caller may not. */
function requireAccess(access, { user }) {
    if (access === 'PUBLIC')
        return;
    if (user === undefined)
        throw unauthenticated();
    if (access === UserRole.ADMIN && user.role !== UserRole.ADMIN)
        throw forbidden();
}
function isAccess(value) {
    return value === 'PUBLIC' || value === UserRole.ADMIN || value === UserRole.USER;
}
//# sourceMappingURL=guard-schema.js.map