/** What a server turned out to speak, by its first words. */
export type PeerProtocol = 'SMTP' | 'IMAP4' | 'POP3' | 'HTTP' | 'SSH' | 'FTP';
/** The protocol of a greeting, undefined where it is none that we know. */
export declare function peerProtocol(greeting: string): PeerProtocol | undefined;
