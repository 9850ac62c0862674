import type { Socket } from 'node:net';
/** Hears every line that passes, as it is on the wire: secrets are still in it. */
export type LineListener = (from: 'client' | 'server', line: string) => void;
/** Lines over a socket, both ways; bounded, and every wait ends with the caller's signal. */
export declare class LineConnection {
    #private;
    private readonly onLine;
    constructor(socket: Socket, onLine?: LineListener);
    /** The socket below, without our listeners: for the TLS handshake that takes it over. */
    detach(): Socket;
    /** Goes on over another socket, the one with TLS; nothing read before may count after it. */
    adopt(socket: Socket): void;
    /** Whether the peer has said something that nobody has read. */
    get hasUnread(): boolean;
    /** Our end's address as SMTP's EHLO names it (RFC 5321 section 4.1.3). */
    get addressLiteral(): string;
    /** The next line without its end. Throws TLS_EXPECTED where the peer answers in TLS. */
    readLine(signal: AbortSignal): Promise<Buffer>;
    /** Exactly `count` bytes, for an IMAP literal; the caller has bounded it. */
    readBytes(count: number, signal: AbortSignal): Promise<Buffer>;
    /** Sends one line. A line end inside it would be a second command (RFC 5321 section 4.1.1): refused. */
    writeLine(line: string): void;
    /** Sends bytes as they are, for an IMAP literal. */
    writeBytes(bytes: Buffer): void;
    destroy(): void;
}
