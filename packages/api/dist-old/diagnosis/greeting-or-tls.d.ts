interface ProbedPort {
    readonly address: string;
    readonly port: number;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
}
/**
 * The greeting of a port that should begin in clear text. While it is silent, and when it closes
 * without a word, a second connection asks whether it expects TLS: then TLS_EXPECTED is thrown
 * instead of TIMEOUT or CONNECTION_LOST, and long before the time-out.
 */
export declare function greetingOrTls(greeting: () => Promise<string>, { address, port, timeoutMs, signal }: ProbedPort): Promise<string>;
export {};
