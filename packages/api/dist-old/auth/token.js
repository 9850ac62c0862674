import { createHash, randomBytes } from 'node:crypto';
/** 256 bits, so that a plain hash is enough to keep it by. */
const TOKEN_BYTES = 32;
/** An opaque token as the bearer holds it. */
export function createToken() {
    return randomBytes(TOKEN_BYTES).toString('base64url');
}
/** What is stored of a token: its SHA-256. */
export function hashToken(token) {
    return createHash('sha256').update(token).digest();
}
//# sourceMappingURL=token.js.map