import type { Credentials } from './redact.js';
/** SASL PLAIN's one message in base64 (RFC 4616 section 2), without an authorization identity. */
export declare function saslPlain({ username, password }: Credentials): string;
/** One of SASL LOGIN's two messages in base64 (draft-murchison-sasl-login). */
export declare function saslLogin(text: string): string;
/**
 * CRAM-MD5's response to a challenge in base64 (RFC 2195 section 2). Undefined for a challenge that
 * is no message id of printable ASCII: a chosen text would help a false server to guess the password.
 */
export declare function saslCramMd5(challenge: string, { username, password }: Credentials): string | undefined;
/** Whether a name or password can be sent at all: NUL separates PLAIN's parts, line ends end commands. */
export declare function isSendable(text: string): boolean;
