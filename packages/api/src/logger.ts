import { pino, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/** Names under which a secret could arrive in a logged object, at any of the depths that we log. */
const SECRET_KEYS = [
  'password',
  'token',
  'secret',
  'cookie',
  'authorization',
  'incomingPassword',
  'outgoingPassword',
  'clientSecret',
  'accessToken',
  'refreshToken',
  'secretKey',
]
const REDACTED_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`])

/** What cannot be written is kept for a while, not for ever. */
const UNWRITTEN_MAX_LENGTH = 1_000_000

/** One JSON line per event on standard error; standard output is for the person who starts Mailroom. */
export function createLogger(level: string): Logger {
  const destination = pino.destination({ fd: 2, sync: true, maxLength: UNWRITTEN_MAX_LENGTH })
  // The terminal may be gone; that must not end the process before it has stopped in order.
  destination.on('error', () => undefined)
  return pino(
    {
      level,
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
      serializers: { err: serializeError, error: serializeError },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  )
}

interface LoggedError {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: LoggedError
}

/**
 * Only what identifies an error. A driver's error carries the statement's parameters and a mail
 * library's the server's answer; neither belongs in a log.
 */
export function serializeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const code: unknown = 'code' in error ? error.code : undefined
  return {
    type: error.name,
    message: error.message.slice(0, 1_000),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack.slice(0, 4_000) }),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  }
}
