import type { Server } from 'node:http';
import { type GraphQLSchema } from 'graphql';
import type { IncomingMessage } from 'node:http';
import type { SessionService } from '../auth/session.service.js';
import type { ChangeFeed } from '../db/change-feed.js';
import type { DiagnosisService } from '../diagnosis/diagnosis.service.js';
import type { Logger } from '../logger.js';
import type { SessionCookie } from '../http/cookies.js';
interface SubscriptionParts {
    readonly schema: GraphQLSchema;
    readonly sessions: SessionService;
    readonly changes: ChangeFeed;
    readonly diagnoses: DiagnosisService;
    readonly cookie: SessionCookie;
    readonly logger: Logger;
    readonly addressOf: (request: IncomingMessage) => string;
    readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
}
/**
 * Subscriptions at /graphql by the graphql-transport-ws protocol (the one of @apollo/client's
 * GraphQLWsLink). Only subscriptions: the rest has its cookies and limits over HTTP.
 */
export declare function serveSubscriptions(server: Server, parts: SubscriptionParts): {
    close(): Promise<void>;
};
export {};
