/** A one-time set-up link, valid until a first administrator exists. */
export declare class SetUpLink {
    tokenHash: Buffer;
    createdAt: Date;
}
