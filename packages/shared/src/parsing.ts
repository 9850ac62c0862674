/** Why a received message could not be parsed; it is kept, can be read as it came, and parsed again. */
export const ParseProblem = {
  /** It took longer than a message may take. */
  PARSE_TIMEOUT: 'PARSE_TIMEOUT',
  /** It took more memory than a message may take. */
  PARSE_MEMORY: 'PARSE_MEMORY',
  PARSE_FAILED: 'PARSE_FAILED',
} as const
export type ParseProblem = (typeof ParseProblem)[keyof typeof ParseProblem]
