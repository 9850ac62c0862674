import { DiagnosisProblem } from '@mailroom/shared';
import type { Socket } from 'node:net';
import { type TLSSocket } from 'node:tls';
import { type CertificateFacts } from './certificate-facts.js';
import type { ResolvedHost } from './resolve-host.js';
/** Which certificate is accepted. */
export interface TlsPolicy {
    /** SHA-256 in lower-case hex of the one certificate to accept, whatever its authority and names. */
    readonly pinnedCertificate?: string | null | undefined;
    /** PEM of further authorities, for this connection only. */
    readonly extraCa?: readonly string[] | undefined;
}
/** A finished handshake: judged, and not yet refused, so that an untrusted certificate can be shown. */
export interface Handshake {
    readonly socket: TLSSocket;
    readonly certificate: CertificateFacts | undefined;
    readonly problem: DiagnosisProblem | undefined;
}
/**
 * Puts TLS 1.2 or later on a connected socket. Node is told not to judge the certificate so that its
 * facts can be reported; the verdict is in `problem`, and no byte may be written where it is set.
 */
export declare function handshake(plain: Socket, host: ResolvedHost, policy: TlsPolicy, signal: AbortSignal): Promise<Handshake>;
