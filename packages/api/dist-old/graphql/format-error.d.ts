import { type Language } from '@mailroom/shared';
import { type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../logger.js';
/** Field refusals found before execution travel in this extension; see refuse-bad-values.ts. */
export declare const REFUSALS_EXTENSION = "mailroomRefusals";
/**
 * An error as it is answered: a stable code and words in the caller's language. What nobody foresaw
 * is logged and answered as INTERNAL. No rejected value is repeated.
 */
export declare function formatError(error: unknown, language: Language, logger: Pick<Logger, 'error'> | {
    error(): void;
}): GraphQLFormattedError;
