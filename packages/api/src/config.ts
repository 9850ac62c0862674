import { resolve } from 'node:path'
import {
  isProviderUrl,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  textLength,
} from '@mailroom/shared'
import type { OidcConfig } from './oidc/oidc-config.js'
import { parseSecretKey, SecretKeyError, type SecretKey } from './secret/secret-key.js'

/** Everything that the environment decides; README's table documents each. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Unset: the embedded PostgreSQL below the data folder. */
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  /** What this process does: serve the API and console, receive mail, or all of it. */
  readonly role: 'all' | 'api' | 'worker'
  /** Makes the user `admin` when no user exists. */
  readonly adminPassword: string | undefined
  readonly isDevelopment: boolean
  readonly logLevel: string
  /** The address that people type, where a web server stands in front; decides cookies and allowed origins. */
  readonly publicUrl: URL | undefined
  /** Of web pages that may call the API with a token, such as https://portal.example.jp. */
  readonly corsOrigins: readonly string[]
  /** How many web servers stand in front, whose X-Forwarded-For is believed. */
  readonly trustedProxies: number
  /** Whether mail servers may be on loopback and private networks. */
  readonly allowsPrivateNetworks: boolean
  /** How far finding settings by an e-mail address goes: own list, name servers and mail servers, web servers. */
  readonly discovery: 'off' | 'local' | 'on'
  /** Where people sign in by OpenID Connect. Unset: by passwords only. */
  readonly oidc: OidcConfig | undefined
  /** Encrypts the stored secrets. Unset: the key file in the data folder. */
  readonly secretKey: SecretKey | undefined
  /** Decrypt too: of secrets that are not yet, or already, under another key than the first. */
  readonly oldSecretKeys: readonly SecretKey[]
  /** For rotate-secrets: what to encrypt with from now on. Unset: a random one. */
  readonly newSecretKey: SecretKey | undefined
}

/** A setting that cannot be used; the message says which and what it takes. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const ROLES = ['all', 'api', 'worker'] as const
const DISCOVERY_MODES = ['off', 'local', 'on'] as const

/** Reads and checks the environment once. Throws {@link ConfigError}. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return {
    port: whole(env, 'PORT', 4000, 0, 65_535),
    host: text(env, 'HOST') ?? '127.0.0.1',
    databaseUrl: databaseUrl(env),
    dataDir: resolve(text(env, 'MAILROOM_DATA_DIR') ?? './data'),
    role: role(env),
    adminPassword: adminPassword(env),
    isDevelopment: env['NODE_ENV'] === 'development',
    logLevel: oneOf(env, 'MAILROOM_LOG_LEVEL', LOG_LEVELS, 'info'),
    publicUrl: publicUrl(env),
    corsOrigins: corsOrigins(env),
    trustedProxies: whole(env, 'MAILROOM_TRUSTED_PROXIES', 0, 0, 10),
    allowsPrivateNetworks:
      oneOf(env, 'MAILROOM_PRIVATE_NETWORKS', ['allow', 'deny'], 'allow') === 'allow',
    discovery: oneOf(env, 'MAILROOM_DISCOVERY', DISCOVERY_MODES, 'on'),
    oidc: oidc(env),
    secretKey: secretKeys(env, 'MAILROOM_SECRET_KEY')[0],
    oldSecretKeys: secretKeys(env, 'MAILROOM_OLD_SECRET_KEYS'),
    newSecretKey: secretKeys(env, 'MAILROOM_NEW_SECRET_KEY')[0],
  }
}

function text(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]
  return value === undefined || value === '' ? undefined : value
}

function whole(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number) {
  const value = text(env, name)
  if (value === undefined) return fallback
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}.`)
  }
  return number
}

function oneOf<Value extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  allowed: readonly Value[],
  fallback: Value,
): Value {
  const value = text(env, name) ?? fallback
  const known = allowed.find((each) => each === value)
  if (known === undefined) throw new ConfigError(`${name} must be one of ${allowed.join(', ')}.`)
  return known
}

function role(env: NodeJS.ProcessEnv): Config['role'] {
  const value = oneOf(env, 'MAILROOM_ROLE', ROLES, 'all')
  if (value === 'worker' && databaseUrl(env) === undefined) {
    throw new ConfigError(
      'MAILROOM_ROLE=worker needs DATABASE_URL: the embedded PostgreSQL belongs to the process that starts it.',
    )
  }
  return value
}

function databaseUrl(env: NodeJS.ProcessEnv): string | undefined {
  const value = text(env, 'DATABASE_URL')
  // The value itself is not repeated: it holds a password.
  if (value !== undefined && !/^postgres(ql)?:\/\//.test(value)) {
    throw new ConfigError('DATABASE_URL must begin with postgres:// or postgresql://.')
  }
  return value
}

function adminPassword(env: NodeJS.ProcessEnv): string | undefined {
  const value = text(env, 'MAILROOM_ADMIN_PASSWORD')
  const length = textLength(value ?? '')
  if (value !== undefined && (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH)) {
    throw new ConfigError(
      `MAILROOM_ADMIN_PASSWORD must have at least ${PASSWORD_MIN_LENGTH} and at most ${PASSWORD_MAX_LENGTH} characters.`,
    )
  }
  return value
}

function publicUrl(env: NodeJS.ProcessEnv): URL | undefined {
  const value = text(env, 'MAILROOM_PUBLIC_URL')
  if (value === undefined) return undefined
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new ConfigError('MAILROOM_PUBLIC_URL must be an http:// or https:// address.')
  }
  return new URL(value)
}

const CLAIM = /^[\w.:/-]{1,100}$/

function oidc(env: NodeJS.ProcessEnv): OidcConfig | undefined {
  const issuer = text(env, 'MAILROOM_OIDC_ISSUER')
  const clientId = text(env, 'MAILROOM_OIDC_CLIENT_ID')
  const clientSecret = text(env, 'MAILROOM_OIDC_CLIENT_SECRET')
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    throw new ConfigError(
      'MAILROOM_OIDC_ISSUER, MAILROOM_OIDC_CLIENT_ID and MAILROOM_OIDC_CLIENT_SECRET go together: set all of them, or none.',
    )
  }
  if (!isProviderUrl(issuer) || !URL.canParse(issuer)) {
    throw new ConfigError(
      'MAILROOM_OIDC_ISSUER must be an https:// address; http:// on this machine only.',
    )
  }
  const loginClaim = text(env, 'MAILROOM_OIDC_LOGIN_CLAIM') ?? 'preferred_username'
  if (!CLAIM.test(loginClaim)) {
    throw new ConfigError('MAILROOM_OIDC_LOGIN_CLAIM must be the name of a claim, such as email.')
  }
  return {
    issuer: new URL(issuer),
    clientId,
    clientSecret,
    name: text(env, 'MAILROOM_OIDC_NAME') ?? new URL(issuer).hostname,
    loginClaim,
    addsPeople: oneOf(env, 'MAILROOM_OIDC_NEW_PEOPLE', ['add', 'refuse'], 'refuse') === 'add',
  }
}

function corsOrigins(env: NodeJS.ProcessEnv): string[] {
  const origins = (text(env, 'MAILROOM_CORS_ORIGINS') ?? '').split(/[\s,]+/).filter(Boolean)
  for (const origin of origins) {
    // "*" and "null" too: whoever is let in is named.
    if (!/^https?:/.test(origin) || !URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new ConfigError(
        `MAILROOM_CORS_ORIGINS must list origins such as https://portal.example.jp, separated by commas; "${origin}" is none.`,
      )
    }
  }
  return origins
}

/** With spaces or commas between them. */
function secretKeys(env: NodeJS.ProcessEnv, name: string): SecretKey[] {
  const values = text(env, name)?.split(/[\s,]+/) ?? []
  try {
    return values.filter((value) => value !== '').map((value) => parseSecretKey(value, name))
  } catch (error) {
    throw error instanceof SecretKeyError ? new ConfigError(error.message) : error
  }
}
