import { DiagnosisProblem, IncomingAuthMethod } from '@mailroom/shared'
import { createHash } from 'node:crypto'
import type { Credentials } from '../redact.js'
import { providerHint } from '../provider-hints.js'
import { isSendable } from '../sasl/sasl-client.js'
import { saslPlain } from '../sasl/sasl-plain.js'
import { TransportError } from '../transport-error.js'
import type { Pop3Exchange } from './pop3-exchange.js'
import type { Pop3Status } from './pop3-parser.js'
import { isTemporary, Pop3Refusal, sayStatus } from './pop3-refusal.js'
import {
  oauthBearerMechanism,
  plainMechanism,
  xoauth2Mechanism,
  saslExchange,
} from './pop3-sasl.js'

/** RFC 2449 section 4, with the line end. */
const COMMAND_MAX = 255

/** How to sign in; nothing else is tried. */
export interface Pop3AuthChoice {
  readonly authMethod: IncomingAuthMethod
  /** PASSWORD by APOP or not at all: never USER and PASS instead. */
  readonly apop: boolean
  /** The host as typed: some providers word every refusal alike. */
  readonly host: string
}

/** What the server offers for signing in. */
export interface Pop3AuthOffer {
  /** Undefined where it does not know CAPA. */
  readonly capabilities: ReadonlyMap<string, readonly string[]> | undefined
  /** APOP's time stamp in the greeting. */
  readonly stamp: string | undefined
}

/** The mechanisms and commands on offer by name. */
export function offeredMethods(offer: Pop3AuthOffer): string[] {
  const user = offersUser(offer) ? ['USER'] : []
  const apop = offer.stamp === undefined ? [] : ['APOP']
  return [...new Set([...user, ...apop, ...saslMechanisms(offer)])]
}

/** Signs in by the chosen method; resolves to what the server said, and throws where it refused. */
export async function authenticate(
  exchange: Pop3Exchange,
  choice: Pop3AuthChoice,
  offer: Pop3AuthOffer,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<string> {
  if (!isSendable(credentials.username) || !isSendable(credentials.password)) {
    throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
      detail: 'The name or the password has a line end or NUL in it.',
    })
  }
  exchange.keepSecret(credentials.password)
  const attempt = { exchange, offer, credentials, signal }
  const byToken = choice.authMethod === IncomingAuthMethod.XOAUTH2
  const status = byToken
    ? await byOauth(attempt)
    : choice.apop
      ? await byApop(attempt)
      : await byPassword(attempt)
  if (status.ok) return sayStatus(status, exchange.show)
  const hint = byToken ? undefined : providerHint(status.text, choice.host)
  throw new Pop3Refusal(hint ?? problemOf(status, byToken), status, exchange.show)
}

interface Attempt {
  readonly exchange: Pop3Exchange
  readonly offer: Pop3AuthOffer
  readonly credentials: Credentials
  readonly signal: AbortSignal
}

/** USER and PASS (RFC 1939 section 7), or PLAIN where the server wants SASL or the line would be too long. */
async function byPassword(attempt: Attempt): Promise<Pop3Status> {
  const { exchange, offer, signal } = attempt
  const { username, password } = attempt.credentials
  const offersPlain = saslMechanisms(offer).includes('PLAIN')
  const longest = Math.max(Buffer.byteLength(username), Buffer.byteLength(password))
  const fits = longest + 'USER \r\n'.length <= COMMAND_MAX
  if (offersUser(offer) && (fits || !offersPlain)) {
    const user = await exchange.command(`USER ${username}`, signal)
    return user.ok ? exchange.command(`PASS ${password}`, signal) : user
  }
  if (offersPlain)
    return saslExchange(exchange, plainMechanism(saslPlain(attempt.credentials)), signal)
  const onlyTokens = saslMechanisms(offer).some((name) => OAUTH_MECHANISMS.includes(name))
  throw notOffered(attempt, onlyTokens ? DiagnosisProblem.OAUTH_REQUIRED : undefined)
}

/** RFC 1939 section 7. After STLS the first greeting's stamp counts: there is no second greeting. */
async function byApop({ exchange, offer, credentials, signal }: Attempt): Promise<Pop3Status> {
  const { username, password } = credentials
  if (offer.stamp === undefined) throw new TransportError(DiagnosisProblem.APOP_NOT_OFFERED)
  // A space would end the name, and the digest would be read as something else.
  if (/\s/.test(username)) {
    throw new TransportError(DiagnosisProblem.AUTH_REJECTED, {
      detail: 'APOP cannot carry a name with a space.',
    })
  }
  const digest = createHash('md5')
    .update(offer.stamp + password)
    .digest('hex')
  exchange.keepSecret(digest)
  return exchange.command(`APOP ${username} ${digest}`, signal)
}

const OAUTH_MECHANISMS: readonly string[] = ['XOAUTH2', 'OAUTHBEARER']

/** OAUTHBEARER where only that is offered, else XOAUTH2, which all the big providers have. */
async function byOauth(attempt: Attempt): Promise<Pop3Status> {
  const { exchange, offer, credentials, signal } = attempt
  const offered = saslMechanisms(offer)
  if (offer.capabilities === undefined || offered.includes('XOAUTH2')) {
    return saslExchange(exchange, xoauth2Mechanism(credentials), signal)
  }
  if (offered.includes('OAUTHBEARER')) {
    return saslExchange(exchange, oauthBearerMechanism(credentials), signal)
  }
  throw notOffered(attempt)
}

function notOffered({ exchange, offer }: Attempt, otherwise?: DiagnosisProblem): TransportError {
  const offered = offeredMethods(offer)
  // RFC 2595 section 2.2: such a server says what it has once TLS is up.
  const hides = offer.capabilities?.has('STLS') === true && saslMechanisms(offer).length === 0
  const problem = hides
    ? DiagnosisProblem.AUTH_NEEDS_ENCRYPTION
    : (otherwise ?? DiagnosisProblem.AUTH_METHOD_NOT_OFFERED)
  return new TransportError(problem, { detail: exchange.show(offered.join(' ')) })
}

function problemOf(status: Pop3Status, byToken: boolean): DiagnosisProblem {
  if (isTemporary(status)) return DiagnosisProblem.AUTH_TEMPORARY
  // RFC 3206: the name and password were not the reason.
  if (status.code === 'SYS/PERM') return DiagnosisProblem.MAILBOX_FAILED
  return byToken ? DiagnosisProblem.OAUTH_TOKEN_REJECTED : DiagnosisProblem.AUTH_REJECTED
}

function offersUser({ capabilities }: Pop3AuthOffer): boolean {
  return capabilities === undefined || capabilities.has('USER')
}

function saslMechanisms({ capabilities }: Pop3AuthOffer): string[] {
  return (capabilities?.get('SASL') ?? []).map((name) => name.toUpperCase())
}
