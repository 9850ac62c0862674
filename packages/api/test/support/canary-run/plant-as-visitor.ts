import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { OidcBrowser } from '../oidc-kit.js'
import { SIGN_IN } from '../sign-in.js'
import { base64 } from '../transfer-kit.js'
import { MARKER } from './canaries.js'
import { clientOf, listen, plantRefused, type Planting } from './planting.js'

const SET_UP =
  'mutation ($token: String!, $password: String!) { setUp(token: $token, loginName: "x", password: $password) { id } }'

/** As whoever is not signed in brings secrets: typed, in headers, over a socket, from a provider. */
export async function plantAsVisitor(planting: Planting): Promise<void> {
  const { canaries, recorder } = planting
  const visitor = clientOf(planting)
  const password = canaries.for('Mutation.signIn.password', 'wrong')
  await visitor.send(SIGN_IN, { loginName: 'admin', password })
  await visitor.send(SIGN_IN, { loginName: password, password })
  await plantRefused(visitor, SIGN_IN, { loginName: 'nobody', password }, ['password'], password)
  const token = canaries.for('Mutation.setUp.token')
  const wanted = canaries.for('Mutation.setUp.password')
  await visitor.send(SET_UP, { token, password: wanted })
  await plantRefused(visitor, SET_UP, { token, password: wanted }, ['token'], token)
  await plantRefused(visitor, SET_UP, { token, password: wanted }, ['password'], wanted)
  // As a program, a browser and a socket bring them; letters only, since a header takes no others.
  const text = canaries.keep('header', `cnry${randomBytes(12).toString('hex')}`)
  await visitor.post('{"query":"{ me { id } }"}', { authorization: `Bearer ${text}` })
  await visitor.post('{"query":"{ me { id } }"}', { authorization: `Basic ${base64(text)}` })
  await visitor.post('{"query":"{ me { id } }"}', { cookie: `mailroom=${text}`, 'x-api-key': text })
  await listen(visitor, 'subscription { mailServersChanged { id } }', {}, `Bearer ${text}`)
  for (const path of ['/oauth/callback', '/sign-in/callback']) {
    await fetch(`${recorder.url}${path}?code=${text}&state=${text}`, { redirect: 'manual' })
  }
  await signInByProvider(planting)
}

/** Once in earnest, and once with an answer of the provider's that is not understood: it is logged. */
async function signInByProvider(planting: Planting): Promise<void> {
  const { idp, recorder } = planting
  const browser = new OidcBrowser({ url: recorder.url, client: () => clientOf(planting) })
  idp.claims['hanako'] = { preferred_username: 'hanako', name: MARKER.text }
  expect(await browser.signIn(idp, 'hanako')).toBe('/sign-in')
  const url = new URL(await browser.start())
  const refusal = new URL('http://localhost/')
  refusal.searchParams.set('error', MARKER.text)
  refusal.searchParams.set('state', url.searchParams.get('state') ?? '')
  refusal.searchParams.set('iss', idp.issuer)
  await browser.comeBack(refusal)
}
