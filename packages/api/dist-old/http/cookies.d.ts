import type { IncomingMessage } from 'node:http';
/** Names and writes the session cookie; `__Host-` and Secure where people come by https. */
export declare class SessionCookie {
    #private;
    constructor(isSecure: boolean);
    /** The token in a request's Cookie header. */
    read(request: IncomingMessage): string | undefined;
    /** The Set-Cookie header that gives the token, or takes it away. */
    write(token: string | undefined): string;
}
