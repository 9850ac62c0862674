import { ApolloError } from '@apollo/client/core'
import { ErrorCode, type FieldError } from '@mailroom/shared'
import type { MessageKey, Translate } from '../i18n/useText.js'
import { SocketLost } from '../socket-lost.js'

type ProblemCode = ErrorCode | 'NETWORK'

/** A failed request as the screens need it. */
export interface RequestProblem {
  readonly code: ProblemCode
  /** The API's own sentence, in the reader's language; empty where there is none. */
  readonly message: string
  readonly fields: readonly Pick<FieldError, 'path' | 'message'>[]
  readonly retryAfterSeconds: number | undefined
  readonly count: number | undefined
  /** The version by now, where somebody else has changed the same thing. */
  readonly version: number | undefined
  /** The code that another mail server has by now. */
  readonly mailServerCode: string | undefined
}

const WORDING: Record<ProblemCode, MessageKey> = {
  UNAUTHENTICATED: 'errors.UNAUTHENTICATED',
  FORBIDDEN: 'errors.FORBIDDEN',
  NOT_FOUND: 'errors.NOT_FOUND',
  CONFLICT: 'errors.CONFLICT',
  BAD_USER_INPUT: 'errors.BAD_USER_INPUT',
  TOO_MANY_REQUESTS: 'errors.TOO_MANY_REQUESTS',
  INTERNAL: 'errors.INTERNAL',
  NETWORK: 'errors.NETWORK',
}

/** Reads what the API or the network said; what is unknown counts as INTERNAL. */
export function readProblem(error: unknown): RequestProblem {
  const none = {
    message: '',
    fields: [],
    retryAfterSeconds: undefined,
    count: undefined,
    version: undefined,
    mailServerCode: undefined,
  }
  if (error instanceof SocketLost) return { ...none, code: 'NETWORK' }
  if (!(error instanceof ApolloError)) return { ...none, code: ErrorCode.INTERNAL }
  const first = error.graphQLErrors[0] ?? bodyError(error.networkError)
  if (first === undefined) {
    return { ...none, code: error.networkError ? 'NETWORK' : ErrorCode.INTERNAL }
  }
  const extensions: Readonly<Record<string, unknown>> = first.extensions ?? {}
  return {
    code:
      Object.values(ErrorCode).find((code) => code === extensions['code']) ?? ErrorCode.INTERNAL,
    message: first.message,
    fields: readFields(extensions['fields']),
    retryAfterSeconds: readNumber(extensions['retryAfterSeconds']),
    count: readNumber(extensions['count']),
    version: readNumber(extensions['version']),
    mailServerCode: readText(extensions['mailServerCode']),
  }
}

interface AnsweredError {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** Refusals before execution are answered with a 4xx, whose body Apollo Client keeps aside. */
function bodyError(networkError: unknown): AnsweredError | undefined {
  if (!isObject(networkError) || !isObject(networkError['result'])) return undefined
  const errors = networkError['result']['errors']
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  if (!isObject(first) || typeof first['message'] !== 'string') return undefined
  const extensions = first['extensions']
  return { message: first['message'], extensions: isObject(extensions) ? extensions : {} }
}

function readFields(value: unknown): RequestProblem['fields'] {
  if (!Array.isArray(value)) return []
  return value.flatMap((field: unknown) =>
    isObject(field) && typeof field['path'] === 'string' && typeof field['message'] === 'string'
      ? [{ path: field['path'].replace(/^input\./, ''), message: field['message'] }]
      : [],
  )
}

function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Where the API's own sentence knows more than the code says. */
const IS_SPECIFIC: ReadonlySet<ProblemCode> = new Set([
  ErrorCode.CONFLICT,
  ErrorCode.NOT_FOUND,
  ErrorCode.FORBIDDEN,
])

/** One sentence for a person. */
export function problemText({ code, message }: RequestProblem, t: Translate): string {
  return IS_SPECIFIC.has(code) && message !== '' ? message : t(WORDING[code])
}
