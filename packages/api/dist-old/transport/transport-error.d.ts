import { DiagnosisProblem } from '@mailroom/shared';
interface TransportErrorOptions {
    /** What the peer said, secrets taken out. */
    readonly detail?: string | undefined;
    readonly cause?: unknown;
}
/** A mail server, or the way to it, failed: an expected outcome with a stable problem, never a defect. */
export declare class TransportError extends Error {
    readonly problem: DiagnosisProblem;
    name: string;
    readonly detail: string | undefined;
    constructor(problem: DiagnosisProblem, options?: TransportErrorOptions);
}
/** The problem that a system's or TLS library's error stands for, or undefined for one that is a defect. */
export declare function problemOf(error: unknown): DiagnosisProblem | undefined;
/** An error of Node's as a {@link TransportError}; one without a known code is returned as it is. */
export declare function toTransportError(error: unknown): Error;
export {};
