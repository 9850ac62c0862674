import { ErrorCode, type FieldError, type Language } from '@mailroom/shared'
import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql'
import { ArgumentValidationError } from 'type-graphql'
import { AppError, badUserInput, type FieldRefusal } from '../errors.js'
import type { Logger } from '../logger.js'
import { fieldMessage } from '../validation/field-messages.js'
import { refusalsOf } from '../validation/refusals-of.js'

const INTERNAL = {
  ja: 'サーバーで問題が起きました。もう一度お試しください。続く場合は管理者に連絡してください。',
  en: 'Something went wrong on our side. Try again; if it goes on, tell your administrator.',
} as const
const PROBLEM_IN_QUERY = 'The request is not a valid GraphQL operation of this API.'
/** Codes of the request itself, which Apollo Server finds before any resolver; their texts quote the query only. */
const REQUEST_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  // Clients that try persisted queries send the whole text after this one.
  'PERSISTED_QUERY_NOT_SUPPORTED',
])
/** Field refusals found before execution travel in this extension; see refuse-bad-values.ts. */
export const REFUSALS_EXTENSION = 'mailroomRefusals'

/**
 * An error as it is answered: a stable code and words in the caller's language. What nobody foresaw
 * is logged and answered as INTERNAL. No rejected value is repeated.
 */
export function formatError(
  error: unknown,
  language: Language,
  logger: Pick<Logger, 'error'> | { error(): void },
): GraphQLFormattedError {
  const where = error instanceof GraphQLError ? located(error) : {}
  const app = asAppError(error)
  if (app !== undefined) return { ...where, ...answer(app, language) }
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined
  if (error instanceof GraphQLError && typeof code === 'string' && REQUEST_CODES.has(code)) {
    return { ...where, message: withoutValues(error), extensions: { code } }
  }
  logger.error({ err: originOf(error) }, 'unexpected error in an operation')
  return { ...where, message: INTERNAL[language], extensions: { code: ErrorCode.INTERNAL } }
}

/** What was thrown, out of the wrappings in which graphql-js and Apollo Server hand it on. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined
    ? originOf(error.originalError)
    : error
}

function located({ path, locations }: GraphQLError): Partial<GraphQLFormattedError> {
  return {
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
  }
}

function asAppError(error: unknown): AppError | undefined {
  const cause = originOf(error)
  if (cause instanceof AppError) return cause
  const validation = [cause, error].find((e) => e instanceof ArgumentValidationError)
  if (validation !== undefined) {
    return badUserInput(validation.extensions.validationErrors.flatMap((e) => refusalsOf(e)))
  }
  if (error instanceof GraphQLError) {
    const found = error.extensions[REFUSALS_EXTENSION]
    if (Array.isArray(found)) return badUserInput(found.filter(isRefusal))
  }
  return undefined
}

function answer(error: AppError, language: Language): GraphQLFormattedError {
  const fields: FieldError[] | undefined = error.fields?.map(({ path, rule, limit }) => ({
    path,
    rule,
    message: fieldMessage(rule, limit, language),
  }))
  const extensions = { code: error.code, ...error.extensions, ...(fields && { fields }) }
  return { message: error.sentence[language], extensions }
}

function isRefusal(value: unknown): value is FieldRefusal {
  return typeof value === 'object' && value !== null && 'path' in value && 'rule' in value
}

/** The library's own words, unless they would repeat a value of the query. */
function withoutValues(error: GraphQLError): string {
  const isAboutValue = error.nodes?.some(({ kind }) => VALUE_KINDS.has(kind)) ?? false
  return isAboutValue || error.extensions['code'] === 'GRAPHQL_PARSE_FAILED'
    ? PROBLEM_IN_QUERY
    : error.message.replace(/ Did you mean .*$/s, '')
}

const VALUE_KINDS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
])
