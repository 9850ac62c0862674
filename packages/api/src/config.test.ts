import { expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.js'

it('has the documented defaults', () => {
  expect(readConfig({})).toMatchObject({
    port: 4000,
    host: '127.0.0.1',
    databaseUrl: undefined,
    isDevelopment: false,
    discovery: 'on',
  })
  expect(readConfig({}).dataDir).toMatch(/\/data$/)
})

it.each([
  ['PORT', '80x'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['DATABASE_URL', 'mysql://u:hush-hush@h/d'],
  ['MAILROOM_PUBLIC_URL', 'ftp://x'],
  ['MAILROOM_LOG_LEVEL', 'loud'],
  ['MAILROOM_TRUSTED_PROXIES', '1.5'],
  ['MAILROOM_ADMIN_PASSWORD', 'a'],
  ['MAILROOM_ADMIN_PASSWORD', 'hush-hush'.repeat(200)],
  ['MAILROOM_DISCOVERY', 'sometimes'],
  ['MAILROOM_CORS_ORIGINS', '*'],
  ['MAILROOM_CORS_ORIGINS', 'null'],
  ['MAILROOM_CORS_ORIGINS', 'https://portal.example.jp/'],
  ['MAILROOM_CORS_ORIGINS', 'https://portal.example.jp, portal.example.jp'],
  ['MAILROOM_SECRET_KEY', 'hush-hush'],
  ['MAILROOM_OIDC_CLIENT_SECRET', 'hush-hush'],
])('refuses %s=%s in a sentence that names it and repeats no secret', (name, value) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(name)
  expect(read).not.toThrow('hush-hush')
})

const OIDC = {
  MAILROOM_OIDC_ISSUER: 'https://id.example.jp/realms/main',
  MAILROOM_OIDC_CLIENT_ID: 'mailroom',
  MAILROOM_OIDC_CLIENT_SECRET: 'hush-hush',
}

it('has no provider of OpenID Connect until one is named, and adds nobody by itself', () => {
  expect(readConfig({}).oidc).toBeUndefined()
  expect(readConfig(OIDC).oidc).toMatchObject({
    clientId: 'mailroom',
    name: 'id.example.jp',
    loginClaim: 'preferred_username',
    addsPeople: false,
  })
})

it.each([
  ['MAILROOM_OIDC_ISSUER', 'http://id.example.jp'],
  ['MAILROOM_OIDC_ISSUER', 'https://user:hush-hush@id.example.jp'],
  ['MAILROOM_OIDC_CLIENT_ID', ''],
  ['MAILROOM_OIDC_LOGIN_CLAIM', 'two words'],
  ['MAILROOM_OIDC_NEW_PEOPLE', 'yes'],
])('refuses a provider with %s=%s', (name, value) => {
  const read = () => readConfig({ ...OIDC, [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(name)
  expect(read).not.toThrow('hush-hush')
})

it('lists the origins that may call with a token; none by default', () => {
  expect(readConfig({}).corsOrigins).toEqual([])
  const value = 'https://portal.example.jp,http://localhost:5173'
  expect(readConfig({ MAILROOM_CORS_ORIGINS: value }).corsOrigins).toEqual(value.split(','))
})
