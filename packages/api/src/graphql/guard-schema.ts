import { UserRole } from '@mailroom/shared'
import {
  GraphQLError,
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import { ACCESS_EXTENSION, PERSONAL_EXTENSION, type Access } from '../auth/access.js'
import { notByToken } from '../auth/api-token.errors.js'
import { forbidden, unauthenticated } from '../errors.js'
import type { RequestContext } from './request-context.js'

/**
 * Puts each operation behind its declared access. Throws where one declares none, so that a forgotten
 * decorator fails the build of the schema instead of opening a door.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]) {
    if (type != null) guardType(type)
  }
  return schema
}

function guardType(type: GraphQLObjectType): void {
  for (const field of Object.values(type.getFields())) {
    const access = field.extensions[ACCESS_EXTENSION]
    if (!isAccess(access)) {
      throw new GraphQLError(
        `${type.name}.${field.name} does not declare who may call it: add @Access.`,
      )
    }
    const rule = { access, isPersonal: field.extensions[PERSONAL_EXTENSION] === true }
    field.resolve = guarded(rule, field.resolve ?? defaultFieldResolver)
    if (field.subscribe !== undefined) field.subscribe = guarded(rule, field.subscribe)
  }
}

interface Rule {
  readonly access: Access
  readonly isPersonal: boolean
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext>

function guarded(rule: Rule, resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    requireAccess(rule, context)
    return resolve(source, args, context, info)
  }
}

/** Throws UNAUTHENTICATED or FORBIDDEN where the caller may not. */
function requireAccess({ access, isPersonal }: Rule, { user }: Pick<RequestContext, 'user'>): void {
  if (isPersonal && user?.token !== undefined) throw notByToken()
  if (access === 'PUBLIC') return
  if (user === undefined) throw unauthenticated()
  if (access === UserRole.ADMIN && user.role !== UserRole.ADMIN) throw forbidden()
}

function isAccess(value: unknown): value is Access {
  return value === 'PUBLIC' || value === UserRole.ADMIN || value === UserRole.USER
}
