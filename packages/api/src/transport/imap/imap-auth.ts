import { DiagnosisProblem, IncomingAuthMethod } from '@mailroom/shared'
import { offersOnlyOAuth, providerHint } from '../provider-hints.js'
import type { Credentials, Redact } from '../redact.js'
import type { SaslClient } from '../sasl/sasl-client.js'
import { createSaslLogin } from '../sasl/sasl-login.js'
import { createOauthBearer, createXoauth2 } from '../sasl/sasl-oauth.js'
import { createSaslPlain } from '../sasl/sasl-plain.js'
import { TransportError } from '../transport-error.js'
import type { ImapCompletion } from './imap-commands.js'

/** Response codes that say "later" (RFC 5530 section 3, RFC 9051 section 7.1). */
const TEMPORARY: readonly string[] = ['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN']

interface ImapOffer {
  readonly capabilities: readonly string[]
  readonly isSecured: boolean
  readonly redact: Redact
}

/** How to sign in: by a SASL exchange, or by the LOGIN command. Throws where the server offers no way. */
export function chooseImapSignIn(
  method: IncomingAuthMethod,
  credentials: Credentials,
  offer: ImapOffer,
): SaslClient | 'LOGIN' {
  const mechanisms = saslMechanisms(offer.capabilities)
  const mayLogin = !hasCapability(offer.capabilities, 'LOGINDISABLED')
  if (method === IncomingAuthMethod.XOAUTH2) {
    if (mechanisms.includes('XOAUTH2')) return createXoauth2(credentials)
    if (mechanisms.includes('OAUTHBEARER')) return createOauthBearer(credentials)
  } else {
    if (mechanisms.includes('PLAIN')) return createSaslPlain(credentials)
    if (mayLogin) return 'LOGIN'
    if (mechanisms.includes('LOGIN')) return createSaslLogin(credentials)
  }
  throw new TransportError(notOfferedProblem(method, mechanisms, mayLogin, offer), {
    detail: offer.redact(offer.capabilities.join(' ')),
  })
}

function notOfferedProblem(
  method: IncomingAuthMethod,
  mechanisms: readonly string[],
  mayLogin: boolean,
  { isSecured }: ImapOffer,
): DiagnosisProblem {
  // RFC 3501 section 6.2.3: LOGINDISABLED in clear text means that passwords wait for TLS.
  if (!isSecured && !mayLogin && mechanisms.length === 0) {
    return DiagnosisProblem.AUTH_NEEDS_ENCRYPTION
  }
  if (method === IncomingAuthMethod.PASSWORD && offersOnlyOAuth(mechanisms)) {
    return DiagnosisProblem.OAUTH_REQUIRED
  }
  return !isSecured && !mayLogin
    ? DiagnosisProblem.AUTH_NEEDS_ENCRYPTION
    : DiagnosisProblem.AUTH_METHOD_NOT_OFFERED
}

/** What a refusal to sign in means. */
export function refusalProblem(
  method: IncomingAuthMethod,
  { status, code, text }: ImapCompletion,
  capabilities: readonly string[],
  host: string,
): DiagnosisProblem {
  const word = code.split(' ')[0]?.toUpperCase() ?? ''
  if (word === 'PRIVACYREQUIRED') return DiagnosisProblem.AUTH_NEEDS_ENCRYPTION
  if (TEMPORARY.includes(word)) return DiagnosisProblem.AUTH_TEMPORARY
  if (status === 'BAD') return DiagnosisProblem.PROTOCOL_ERROR
  if (method === IncomingAuthMethod.XOAUTH2) return DiagnosisProblem.OAUTH_TOKEN_REJECTED
  const hint = providerHint(`${status} [${code}] ${text}`, host)
  if (hint !== undefined) return hint
  // LOGIN was tried since nothing forbade it.
  return offersOnlyOAuth(saslMechanisms(capabilities))
    ? DiagnosisProblem.OAUTH_REQUIRED
    : DiagnosisProblem.AUTH_REJECTED
}

/** The SASL mechanisms on offer, in upper case. */
function saslMechanisms(capabilities: readonly string[]): readonly string[] {
  return capabilities
    .filter((name) => /^AUTH=/i.test(name))
    .map((name) => name.slice('AUTH='.length).toUpperCase())
}

function hasCapability(capabilities: readonly string[], wanted: string): boolean {
  return capabilities.some((name) => name.toUpperCase() === wanted)
}
