/**
 * Whether a port expects TLS from the first byte, which a silent server never says: a second
 * connection says hello in TLS and looks whether the answer is TLS. Never throws; false where
 * nothing could be told before `signal` aborts. No name, password or command is sent.
 */
export declare function expectsTls(address: string, port: number, signal: AbortSignal): Promise<boolean>;
