/** SASL (RFC 4422) for the mail protocols, one file a mechanism. */
export { createSaslCramMd5, saslCramMd5 } from './sasl/sasl-cram-md5.js'
export { createSaslLogin } from './sasl/sasl-login.js'
export { createSaslPlain, saslPlain } from './sasl/sasl-plain.js'
export { createOauthBearer, createXoauth2 } from './sasl/sasl-oauth.js'
export { createDigestMd5 } from './sasl/sasl-digest-md5.js'
export { isSendable, SASL_ROUNDS_MAX, type SaslClient } from './sasl/sasl-client.js'
