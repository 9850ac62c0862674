import { createHmac } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { beginSignIn, resumeSignIn, TICKET_SECONDS } from './oidc-ticket.js'

afterEach(() => vi.useRealTimers())

it('gives back what was begun to whoever has the ticket', () => {
  const { ticket, checks } = beginSignIn({ returnTo: '/profile?a=ä', linkTo: 'me' })
  expect(resumeSignIn(checks.state, ticket)).toEqual({
    errand: { returnTo: '/profile?a=ä', linkTo: 'me' },
    checks,
  })
})

it('makes every sign-in anew, and tells nothing of the rest by the state', () => {
  const one = beginSignIn({ returnTo: '' })
  const other = beginSignIn({ returnTo: '' }, one.ticket)
  const { state, nonce, verifier } = one.checks
  expect(new Set([nonce, verifier, other.checks.nonce, other.checks.verifier]).size).toBe(4)
  for (const secret of [one.ticket, nonce, verifier]) expect(state).not.toContain(secret)
})

it.each(['', 'no JSON', 'null', '{}', '{"salt":"x","startedAtMs":"1","returnTo":""}'])(
  'takes no state of a browser that made its own ticket: %j',
  (content) => {
    const text = Buffer.from(content).toString('base64url')
    const seal = createHmac('sha256', 'own').update(`state\0${text}`).digest('base64url')
    expect(resumeSignIn(`${text}.${seal}`, 'own')).toBeUndefined()
  },
)

it('takes no state of another browser, none that was changed, and none too late', () => {
  const { ticket, checks } = beginSignIn({ returnTo: '' })
  expect(resumeSignIn(checks.state, beginSignIn({ returnTo: '' }).ticket)).toBeUndefined()
  for (const state of ['', '.', 'x.y', `x${checks.state}`, checks.state.slice(0, -1)]) {
    expect(resumeSignIn(state, ticket)).toBeUndefined()
  }
  vi.useFakeTimers({ now: Date.now() + TICKET_SECONDS * 1_000 + 1 })
  expect(resumeSignIn(checks.state, ticket)).toBeUndefined()
})
