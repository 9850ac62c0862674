import { ErrorCode, type FieldRule } from '@mailroom/shared';
import type { Sentence } from './language.js';
/** A field's refusal before it is worded: `limit` is the number that the rule names, if it has one. */
export interface FieldRefusal {
    readonly path: string;
    readonly rule: FieldRule;
    readonly limit?: number | undefined;
}
interface AppErrorOptions {
    readonly fields?: readonly FieldRefusal[];
    readonly extensions?: Readonly<Record<string, unknown>>;
    readonly cause?: unknown;
}
/** A failure that a caller can cause and act on: a stable code and a sentence that says what to do. */
export declare class AppError extends Error {
    readonly code: ErrorCode;
    readonly sentence: Sentence;
    name: string;
    readonly fields: readonly FieldRefusal[] | undefined;
    readonly extensions: Readonly<Record<string, unknown>>;
    constructor(code: ErrorCode, sentence: Sentence, options?: AppErrorOptions);
}
export declare const unauthenticated: () => AppError;
export declare const forbidden: () => AppError;
/** For refused fields; the words of each come from its rule. */
export declare const badUserInput: (fields: readonly FieldRefusal[]) => AppError;
export {};
