import { DiagnosisProblem, SmtpAuthMethod } from '@mailroom/shared'
import { domainToASCII } from 'node:url'
import { offersOnlyOAuth, providerHint } from '../provider-hints.js'
import type { Credentials, Redact } from '../redact.js'
import type { SaslClient } from '../sasl/sasl-client.js'
import { createSaslCramMd5 } from '../sasl/sasl-cram-md5.js'
import { createDigestMd5 } from '../sasl/sasl-digest-md5.js'
import { createSaslLogin } from '../sasl/sasl-login.js'
import { createOauthBearer, createXoauth2 } from '../sasl/sasl-oauth.js'
import { createSaslPlain } from '../sasl/sasl-plain.js'
import { TransportError } from '../transport-error.js'
import type { SmtpExtensions, SmtpReply } from './smtp-reply-parser.js'

/** The mechanisms that a method stands for, as servers name them; the first that is offered is used. */
const MECHANISMS = {
  PLAIN: ['PLAIN'],
  LOGIN: ['LOGIN'],
  CRAM_MD5: ['CRAM-MD5'],
  DIGEST_MD5: ['DIGEST-MD5'],
  // Both carry the same token: RFC 7628 is what XOAUTH2 became.
  XOAUTH2: ['XOAUTH2', 'OAUTHBEARER'],
} as const satisfies Record<Exclude<SmtpAuthMethod, 'NONE'>, readonly string[]>

type Method = keyof typeof MECHANISMS
type Mechanism = (typeof MECHANISMS)[Method][number]

/** The mechanism to use: the chosen one, or none. Another than the chosen is never used instead. */
export function requireOffered(
  method: Method,
  extensions: SmtpExtensions,
  { isSecured, redact }: { readonly isSecured: boolean; readonly redact: Redact },
): Mechanism {
  const offered = (extensions.get('AUTH') ?? []).map((name) => name.toUpperCase())
  const found = MECHANISMS[method].find((name) => offered.includes(name))
  if (found !== undefined) return found
  // RFC 4954 section 4: a server may keep AUTH back until STARTTLS.
  const isHeldBack = !isSecured && offered.length === 0 && extensions.has('STARTTLS')
  const needsOAuth = method !== SmtpAuthMethod.XOAUTH2 && offersOnlyOAuth(offered)
  const reason = needsOAuth
    ? DiagnosisProblem.OAUTH_REQUIRED
    : DiagnosisProblem.AUTH_METHOD_NOT_OFFERED
  throw new TransportError(isHeldBack ? DiagnosisProblem.AUTH_NEEDS_ENCRYPTION : reason, {
    detail: redact(offered.join(' ')),
  })
}

/** The client's side of a mechanism for SMTP. */
export function createSmtpSasl(
  mechanism: Mechanism,
  credentials: Credentials,
  host: string,
): SaslClient {
  switch (mechanism) {
    case 'PLAIN':
      return createSaslPlain(credentials)
    case 'LOGIN':
      return createSaslLogin(credentials)
    case 'CRAM-MD5':
      return createSaslCramMd5(credentials)
    case 'DIGEST-MD5':
      return createDigestMd5(credentials, { digestUri: `smtp/${domainToASCII(host) || host}` })
    case 'XOAUTH2':
      return createXoauth2(credentials)
    case 'OAUTHBEARER':
      return createOauthBearer(credentials)
  }
}

/** What a refusal means (RFC 4954 sections 4 and 6). */
export function refusalProblem(
  mechanism: string,
  { code, lines }: SmtpReply,
  host: string,
): DiagnosisProblem {
  if (code < 400) return DiagnosisProblem.PROTOCOL_ERROR
  const said = `${code} ${lines.join(' ')}`
  // 538 is RFC 2554's; 530 before AUTH can only ask for TLS (RFC 3207 section 4).
  if (
    code === 530 ||
    code === 538 ||
    /encryption (is )?required|must issue (a )?starttls/i.test(said)
  ) {
    return DiagnosisProblem.AUTH_NEEDS_ENCRYPTION
  }
  if (code < 500) return DiagnosisProblem.AUTH_TEMPORARY
  // An unknown mechanism says nothing of the name and password.
  if (code === 504) return DiagnosisProblem.AUTH_METHOD_NOT_OFFERED
  if (/^X?OAUTH/.test(mechanism)) return DiagnosisProblem.OAUTH_TOKEN_REJECTED
  const hint = providerHint(said, host)
  if (hint !== undefined) return hint
  // 534: the mechanism is too weak for this user.
  return code === 534 ? DiagnosisProblem.AUTH_METHOD_NOT_OFFERED : DiagnosisProblem.AUTH_REJECTED
}
