import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer } from '@apollo/server';
import type { SessionService } from '../auth/session.service.js';
import type { HttpRequestContext } from '../graphql/apollo.js';
import type { KeptAnswers } from '../graphql/kept-answers.js';
import type { SessionCookie } from './cookies.js';
interface EndpointParts {
    readonly apollo: ApolloServer<HttpRequestContext>;
    readonly keptAnswers: KeptAnswers;
    readonly sessions: SessionService;
    readonly cookie: SessionCookie;
    readonly addressOf: (request: IncomingMessage) => string;
}
/**
 * Answers POST /graphql. Stands before the web framework, since a kept answer costs less than the
 * framework's own routing does.
 */
export declare function createGraphqlEndpoint(parts: EndpointParts): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
export {};
