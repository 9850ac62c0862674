import { type Socket } from 'node:net';
import type { ResolvedHost } from './resolve-host.js';
interface OpenSocketOptions {
    readonly port: number;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    /** Addresses of this family first: POP before SMTP needs both connections from one address of ours. */
    readonly family?: 'IPv4' | 'IPv6' | undefined;
}
/**
 * Connects to the first of the host's addresses that answers. Each gets an equal share of the time,
 * so that a dead IPv6 address leaves some for the IPv4 one.
 */
export declare function openSocket(host: ResolvedHost, options: OpenSocketOptions): Promise<Socket>;
export {};
