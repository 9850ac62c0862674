import type { IncomingMessage } from 'node:http';
/** Why a body was not read: the HTTP status to answer and a sentence. */
export declare class BodyError extends Error {
    readonly status: 400 | 413 | 415;
    name: string;
    constructor(status: 400 | 413 | 415, message: string);
}
/**
 * A request's whole body as text: JSON in UTF-8, uncompressed, at most `maxBytes`.
 * Throws {@link BodyError}.
 */
export declare function readJsonText(request: IncomingMessage, maxBytes: number): Promise<string>;
