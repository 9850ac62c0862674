/** The code of an error of PostgreSQL (appendix A of its manual) or of the way to it; undefined where it has none. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  // TypeORM wraps the driver's error.
  const { driverError } = error as { driverError?: unknown }
  const source = driverError instanceof Error ? driverError : error
  return 'code' in source && typeof source.code === 'string' ? source.code : undefined
}

/** Whether two transactions have met: either goes through the next time (PostgreSQL's manual, appendix A, class 40). */
export const isConflict = (code: string | undefined): boolean =>
  code === '40001' || code === '40P01'
