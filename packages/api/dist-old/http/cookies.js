/** Names and writes the session cookie; `__Host-` and Secure where people come by https. */
export class SessionCookie {
    #name;
    #attributes;
    constructor(isSecure) {
        this.#name = isSecure ? '__Host-mailroom' : 'mailroom';
        // Lax: a link into the console keeps one signed in, a foreign form sends nothing (RFC 6265bis).
        this.#attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
    }
    /** The token in a request's Cookie header. */
    read(request) {
        const prefix = `${this.#name}=`;
        for (const part of (request.headers.cookie ?? '').split(';')) {
            const pair = part.trim();
            if (pair.startsWith(prefix))
                return pair.slice(prefix.length) || undefined;
        }
        return undefined;
    }
    /** The Set-Cookie header that gives the token, or takes it away. */
    write(token) {
        return token === undefined
            ? `${this.#name}=; Max-Age=0; ${this.#attributes}`
            : `${this.#name}=${token}; ${this.#attributes}`;
    }
}
//# sourceMappingURL=cookies.js.map