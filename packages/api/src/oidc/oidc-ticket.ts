import { createHmac, timingSafeEqual } from 'node:crypto'
import { asPlaintext, type Plaintext } from '../secret/secret-box.js'
import { createToken } from '../auth/token.js'

/** How long somebody may take at the provider. */
export const TICKET_SECONDS = 600

/** What a sign-in is begun for. */
export interface Errand {
  /** The page that was asked for. */
  readonly returnTo: string
  /** The person who is signed in already and wants to sign in this way from now on. */
  readonly linkTo?: string
}

/** What ties the provider's answer to the browser that was sent there. */
export interface Checks {
  readonly state: string
  readonly nonce: string
  readonly verifier: Plaintext
}

interface Payload extends Errand {
  readonly salt: string
  readonly startedAtMs: number
}

/**
 * All that a sign-in needs to be finished is derived from one secret, the ticket, which only the
 * browser has (in a cookie that scripts cannot read), and from `state`, which travels through the
 * provider. Nothing is stored, so strangers cannot fill the database, any process can finish it, and
 * only the browser that began.
 *
 * @param ticket the one that the browser has already, so that two tabs do not spoil each other's
 */
export function beginSignIn(
  errand: Errand,
  ticket = createToken(),
): { ticket: string; checks: Checks } {
  const payload: Payload = { ...errand, salt: createToken(), startedAtMs: Date.now() }
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url')
  const state = `${text}.${derive(ticket, 'state', text)}`
  return { ticket, checks: { state, ...secretsOf(ticket, payload.salt) } }
}

/** What the state was made for; undefined where it is another browser's, changed, or too old. */
export function resumeSignIn(
  state: string,
  ticket: string,
): { errand: Errand; checks: Checks } | undefined {
  const [text = '', seal = ''] = state.split('.')
  if (!isSame(seal, derive(ticket, 'state', text))) return undefined
  const payload = readPayload(Buffer.from(text, 'base64url').toString())
  if (payload === undefined) return undefined
  const { salt, startedAtMs, ...errand } = payload
  if (Date.now() - startedAtMs > TICKET_SECONDS * 1_000) return undefined
  return { errand, checks: { state, ...secretsOf(ticket, salt) } }
}

/** Sealed by a ticket, but whoever has a browser can give it one of his own. */
function readPayload(text: string): Payload | undefined {
  const payload = parseJson(text)
  return isPayload(payload) ? payload : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isPayload(value: unknown): value is Payload {
  return (
    typeof value === 'object' &&
    value !== null &&
    'returnTo' in value &&
    typeof value.returnTo === 'string' &&
    (!('linkTo' in value) || typeof value.linkTo === 'string') &&
    'salt' in value &&
    typeof value.salt === 'string' &&
    'startedAtMs' in value &&
    typeof value.startedAtMs === 'number'
  )
}

const secretsOf = (ticket: string, salt: string) => ({
  nonce: derive(ticket, 'nonce', salt),
  // 43 characters of base64url, as RFC 7636 section 4.1 wants at least.
  verifier: asPlaintext(derive(ticket, 'verifier', salt)),
})

const derive = (ticket: string, purpose: string, text: string) =>
  createHmac('sha256', ticket).update(`${purpose}\0${text}`).digest('base64url')

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
