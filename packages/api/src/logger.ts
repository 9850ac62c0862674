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
const TEXT_MAX_LENGTH = 1_000
const STACK_MAX_LENGTH = 4_000
/** More than any event of ours has: its errors are cut one by one. */
const LINE_MAX_LENGTH = 128 * 1024
/** Of causes within causes, which may go round in a circle. */
const CAUSES_MAX = 4
const AGGREGATED_MAX = 3
const REDACTED = '[redacted]'

/** One JSON line per event on standard error; standard output is for the person who starts Mailroom. */
export function createLogger(level: string): Logger {
  const destination = pino.destination({ fd: 2, sync: true, maxLength: UNWRITTEN_MAX_LENGTH })
  // The terminal may be gone; that must not end the process before it has stopped in order.
  destination.on('error', () => undefined)
  return createLoggerTo(level, (line) => destination.write(line))
}

/** A logger that hands each event on as one line, its end included. */
export function createLoggerTo(level: string, write: (line: string) => unknown): Logger {
  return pino(
    {
      level,
      redact: { paths: REDACTED_PATHS, censor: REDACTED },
      serializers: { err: serializeError, error: serializeError },
      formatters: { level: (label) => ({ level: label }), log: cutTexts },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    { write: (line) => write(harmless(line)) },
  )
}

const cutTexts = (event: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      typeof value === 'string' ? cut(value) : value,
    ]),
  )

const cut = (text: string) => text.slice(0, TEXT_MAX_LENGTH).toWellFormed()

/** What JSON lets stand although a terminal or a reader of lines acts on it: DEL, C1, line and paragraph ends. */
const RAW_CONTROLS = /[\u007f-\u009f\u2028\u2029]/g

function harmless(line: string): string {
  if (line.length > LINE_MAX_LENGTH) {
    return `${JSON.stringify({ level: 'error', time: new Date().toISOString(), msg: 'an event was too long to be logged', length: line.length })}\n`
  }
  return line.replace(
    RAW_CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

interface LoggedError {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: LoggedError
  errors?: LoggedError[]
}

/**
 * Only what identifies an error. A driver's error carries the statement's parameters and a mail
 * library's the server's answer; neither belongs in a log.
 */
export function serializeError(error: unknown): LoggedError {
  return serializeWithin(error, CAUSES_MAX)
}

/** @param depth how many causes are still followed */
function serializeWithin(error: unknown, depth: number): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const code: unknown = 'code' in error ? error.code : undefined
  const logged: LoggedError = {
    type: cut(String(error.name)),
    message: cut(withoutValues(error, code)),
  }
  if (typeof code === 'string') logged.code = cut(code)
  if (typeof error.stack === 'string') logged.stack = framesOf(error.stack, String(error.message))
  if (depth === 0) return logged
  if (error.cause !== undefined) logged.cause = serializeWithin(error.cause, depth - 1)
  if (error instanceof AggregateError) {
    logged.errors = error.errors.slice(0, AGGREGATED_MAX).map((each) => serializeWithin(each, 0))
  }
  return logged
}

/** PostgreSQL's data exceptions (class 22) repeat the value that would not do, and so does what parses JSON. */
function withoutValues({ name, message }: Error, code: unknown): string {
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) return REDACTED
  if (name === 'SyntaxError') return REDACTED
  // Node's own words for a wrong argument end with it.
  return String(message).replace(/\bReceived .*$/s, `Received ${REDACTED}`)
}

/** Where it happened, without the message, which V8 puts in front. */
function framesOf(stack: string, message: string): string {
  const start = message === '' ? 0 : stack.indexOf(message) + message.length
  const frames = stack
    .slice(start)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
  return frames
    .map((line) => line.trim())
    .join('\n')
    .slice(0, STACK_MAX_LENGTH)
}
