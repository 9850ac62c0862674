/** An opaque token as the bearer holds it. */
export declare function createToken(): string;
/** What is stored of a token: its SHA-256. */
export declare function hashToken(token: string): Buffer;
