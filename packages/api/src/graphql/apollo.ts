import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import type { Language } from '@mailroom/shared'
import type { GraphQLSchema } from 'graphql'
import type { ChangeTopic } from '../db/change-feed.js'
import type { Logger } from '../logger.js'
import { formatError } from './format-error.js'
import { keepableUntil } from './kept-answers.js'
import { TOKENS_MAX, limitShape } from './limits.js'
import { markBadLiterals, refuseBadVariables } from './refuse-bad-values.js'
import type { RequestContext } from './request-context.js'

/** The context of a request over HTTP, which may have its answer kept. */
export interface HttpRequestContext extends RequestContext, BaseContext {
  /** What makes the answer void; undefined where it may not be kept. Behind a reference: Apollo Server copies the context. */
  readonly keeping: { until: readonly ChangeTopic[] | undefined }
}

interface ApolloOptions {
  readonly schema: GraphQLSchema
  readonly logger: Logger
  readonly isDevelopment: boolean
}

/** Apollo Server with our limits, our words for errors, and nothing that phones home. */
export function createApollo({ schema, logger, isDevelopment }: ApolloOptions) {
  return new ApolloServer<HttpRequestContext>({
    schema,
    introspection: isDevelopment,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !isDevelopment,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // main.ts handles signals; two handlers would race for the exit.
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: TOKENS_MAX },
    validationRules: [limitShape],
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
    // Errors before a context exists (a body that is no JSON); the others are worded by the plugin.
    formatError: (_formatted, error) => formatError(error, 'en', UNLOGGED),
    plugins: [ApolloServerPluginLandingPageDisabled(), operationPlugin(schema, logger)],
  })
}

/** What formatError would log here it logs again, with the caller's language, in willSendResponse. */
const UNLOGGED = { error: () => undefined }

function operationPlugin(
  schema: GraphQLSchema,
  logger: Logger,
): ApolloServerPlugin<HttpRequestContext> {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the library's type asks for a promise
    async requestDidStart() {
      return {
        // eslint-disable-next-line @typescript-eslint/require-await -- as above
        async validationDidStart({ document }) {
          // eslint-disable-next-line @typescript-eslint/require-await -- as above
          return async (errors) => {
            if (Array.isArray(errors)) markBadLiterals(document, errors)
          }
        },
        // eslint-disable-next-line @typescript-eslint/require-await -- as above
        async didResolveOperation({ document, operation, request, contextValue }) {
          if (operation === undefined) return
          refuseBadVariables(schema, operation, request.variables ?? {})
          contextValue.keeping.until = keepableUntil(document)
        },
        // eslint-disable-next-line @typescript-eslint/require-await -- as above
        async willSendResponse({ response, errors, contextValue }) {
          if (errors === undefined || response.body.kind !== 'single') return
          contextValue.keeping.until = undefined
          const language: Language = contextValue.language
          response.body.singleResult.errors = errors.map((e) => formatError(e, language, logger))
        },
      }
    },
  }
}
