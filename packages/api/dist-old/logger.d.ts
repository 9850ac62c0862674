import { type Logger as PinoLogger } from 'pino';
export type Logger = PinoLogger;
/** One JSON line per event on standard error; standard output is for the person who starts Mailroom. */
export declare function createLogger(level: string): Logger;
interface LoggedError {
    type: string;
    message: string;
    code?: string;
    stack?: string;
    cause?: LoggedError;
}
/**
 * Only what identifies an error. A driver's error carries the statement's parameters and a mail
 * library's the server's answer; neither belongs in a log.
 */
export declare function serializeError(error: unknown): LoggedError;
export {};
