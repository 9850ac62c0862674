import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ADMIN_PASSWORD, type TestClient } from '../support/api.js'
import { Callers } from '../support/callers.js'
import { createUser } from '../support/users-kit.js'
import { SIGN_IN } from '../support/sign-in.js'

const WRONG = 'wrong horse battery'

let callers: Callers
beforeAll(async () => {
  callers = await Callers.start({ MAILROOM_TRUSTED_PROXIES: '1' })
})
afterAll(() => callers.close())
beforeEach(() => callers.sql.query('DELETE FROM rate_limit'))

/** The code of a refused sign-in; undefined where it was let in. */
async function attempt(loginName: string, password: string, address: string) {
  const headers = { 'x-forwarded-for': address }
  const client: TestClient = callers.api.client()
  const { errors } = await client.send(SIGN_IN, { loginName, password }, headers)
  return errors[0]?.extensions.code
}

it('of many guesses in one request, the first wrong one is the last that is tried', async () => {
  const guess = (password: string, n: number) =>
    `a${n}: signIn(loginName: "admin", password: "${password}") { id }`
  const guesses = [...Array<string>(7).fill(WRONG), ADMIN_PASSWORD].map(guess)
  const client = callers.api.client()
  const { errors, data } = await client.send(`mutation { ${guesses.join(' ')} }`)
  expect([data, errors.map((e) => e.extensions.code)]).toEqual([null, ['UNAUTHENTICATED']])
  expect(client.cookie).toBeUndefined()
})

it('guesses from many addresses must wait, and not who signed in from his own before', async () => {
  expect(await attempt('admin', ADMIN_PASSWORD, '198.51.100.1')).toBeUndefined()
  const codes: (string | undefined)[] = []
  for (let n = 0; n < 104; n += 8) {
    const some = Array.from({ length: 8 }, (_, k) => `203.0.113.${n + k}`)
    codes.push(...(await Promise.all(some.map((address) => attempt('admin', WRONG, address)))))
  }
  expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(100)
  expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(4)
  expect(await attempt('admin', ADMIN_PASSWORD, '192.0.2.1')).toBe('TOO_MANY_REQUESTS')
  expect(await attempt('admin', ADMIN_PASSWORD, '198.51.100.1')).toBeUndefined()
})

it.each([
  ['beyond the 72 bytes that some hashes look at', 'x'.repeat(99), 'a', 'b'],
  ['beyond 72 bytes of Japanese', '鍵'.repeat(40), 'ア', 'イ'],
  ['after a NUL', 'secret\u0000', 'end', 'and'],
])('tells passwords apart %s', async (_where, beginning, right, wrong) => {
  const { loginName } = await createUser(callers.administrator, { password: beginning + right })
  expect(await attempt(loginName, beginning + wrong, '192.0.2.1')).toBe('UNAUTHENTICATED')
  expect(await attempt(loginName, beginning, '192.0.2.1')).toBe('UNAUTHENTICATED')
  expect(await attempt(loginName, beginning + right, '192.0.2.1')).toBeUndefined()
})
