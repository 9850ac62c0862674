import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { formatError } from './format-error.js';
import { isKeepable } from './kept-answers.js';
import { TOKENS_MAX, limitShape } from './limits.js';
import { markBadLiterals, refuseBadVariables } from './refuse-bad-values.js';
/** Apollo Server with our limits, our words for errors, and nothing that phones home. */
export function createApollo({ schema, logger, isDevelopment }) {
    return new ApolloServer({
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
    });
}
/** What formatError would log here it logs again, with the caller's language, in willSendResponse. */
const UNLOGGED = { error: () => undefined };
function operationPlugin(schema, logger) {
    return {
        // eslint-disable-next-line @typescript-eslint/require-await -- the library's type asks for a promise
        async requestDidStart() {
            return {
                // eslint-disable-next-line @typescript-eslint/require-await -- as above
                async validationDidStart({ document }) {
                    // eslint-disable-next-line @typescript-eslint/require-await -- as above
                    return async (errors) => {
                        if (Array.isArray(errors))
                            markBadLiterals(document, errors);
                    };
                },
                // eslint-disable-next-line @typescript-eslint/require-await -- as above
                async didResolveOperation({ document, operation, request, contextValue }) {
                    if (operation === undefined)
                        return;
                    refuseBadVariables(schema, operation, request.variables ?? {});
                    contextValue.keeping.isAllowed = isKeepable(document);
                },
                // eslint-disable-next-line @typescript-eslint/require-await -- as above
                async willSendResponse({ response, errors, contextValue }) {
                    if (errors === undefined || response.body.kind !== 'single')
                        return;
                    contextValue.keeping.isAllowed = false;
                    const language = contextValue.language;
                    response.body.singleResult.errors = errors.map((e) => formatError(e, language, logger));
                },
            };
        },
    };
}
//# sourceMappingURL=apollo.js.map