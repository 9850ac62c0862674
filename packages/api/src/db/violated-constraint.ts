import { QueryFailedError } from 'typeorm'

/** The name of the constraint that a statement met; undefined where it failed for another reason. */
export function violatedConstraint(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : undefined
  const constraint = cause instanceof Error && 'constraint' in cause ? cause.constraint : undefined
  return typeof constraint === 'string' ? constraint : undefined
}
