import { ApolloServer, type BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../logger.js';
import type { RequestContext } from './request-context.js';
/** The context of a request over HTTP, which may have its answer kept. */
export interface HttpRequestContext extends RequestContext, BaseContext {
    /** Whether the answer may be kept, as it turned out. Behind a reference: Apollo Server copies the context. */
    readonly keeping: {
        isAllowed: boolean;
    };
}
interface ApolloOptions {
    readonly schema: GraphQLSchema;
    readonly logger: Logger;
    readonly isDevelopment: boolean;
}
/** Apollo Server with our limits, our words for errors, and nothing that phones home. */
export declare function createApollo({ schema, logger, isDevelopment }: ApolloOptions): ApolloServer<HttpRequestContext>;
export {};
