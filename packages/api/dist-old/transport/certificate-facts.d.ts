import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls';
/** What a person needs to know of a server's certificate to trust it or not. */
export interface CertificateFacts {
    readonly subject: string;
    readonly issuer: string;
    readonly altNames: readonly string[];
    readonly validFrom: Date;
    readonly validTo: Date;
    /** SHA-256 of its DER form, 64 lower-case hex digits. */
    readonly fingerprint256: string;
    /** Accepted for this connection: by an authority and the name, or because it is the pinned one. */
    readonly trusted: boolean;
}
/** Reads the facts out of Node's form; undefined where the peer showed no certificate. */
export declare function certificateFacts(certificate: PeerCertificate | DetailedPeerCertificate, trusted: boolean): CertificateFacts | undefined;
