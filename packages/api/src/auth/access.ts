import type { UserRole } from '@mailroom/shared'
import { Extensions } from 'type-graphql'

/** Who may call an operation: anyone, whoever is signed in, or administrators. */
export type Access = 'PUBLIC' | UserRole

/** The keys under which a root field's access stands in the schema. */
export const ACCESS_EXTENSION = 'mailroomAccess'
export const PERSONAL_EXTENSION = 'mailroomPersonal'

interface AccessOptions {
  /**
   * A person's alone, whom no API token stands for: signing in and out, and whatever would let a
   * token outlive its own end, such as making tokens, people and passwords.
   */
  readonly isPersonal?: boolean
}

/**
 * Declares who may call a query, mutation or subscription. An operation without it fails the build of
 * the schema (see graphql/guard-schema.ts).
 */
export function Access(
  access: Access,
  { isPersonal = false }: AccessOptions = {},
): MethodDecorator {
  return Extensions({ [ACCESS_EXTENSION]: access, [PERSONAL_EXTENSION]: isPersonal })
}
