import { resolve } from 'node:path';
/** A setting that cannot be used; the message says which and what it takes. */
export class ConfigError extends Error {
    constructor() {
        super(...arguments);
        this.name = 'ConfigError';
    }
}
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
/** Reads and checks the environment once. Throws {@link ConfigError}. */
export function readConfig(env = process.env) {
    return {
        port: whole(env, 'PORT', 4000, 0, 65_535),
        host: text(env, 'HOST') ?? '127.0.0.1',
        databaseUrl: databaseUrl(env),
        dataDir: resolve(text(env, 'MAILROOM_DATA_DIR') ?? './data'),
        adminPassword: text(env, 'MAILROOM_ADMIN_PASSWORD'),
        isDevelopment: env['NODE_ENV'] === 'development',
        logLevel: oneOf(env, 'MAILROOM_LOG_LEVEL', LOG_LEVELS, 'info'),
        publicUrl: publicUrl(env),
        trustedProxies: whole(env, 'MAILROOM_TRUSTED_PROXIES', 0, 0, 10),
        allowsPrivateNetworks: oneOf(env, 'MAILROOM_PRIVATE_NETWORKS', ['allow', 'deny'], 'allow') === 'allow',
    };
}
function text(env, name) {
    const value = env[name];
    return value === undefined || value === '' ? undefined : value;
}
function whole(env, name, fallback, min, max) {
    const value = text(env, name);
    if (value === undefined)
        return fallback;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
        throw new ConfigError(`${name} must be a whole number from ${min} to ${max}.`);
    }
    return number;
}
function oneOf(env, name, allowed, fallback) {
    const value = text(env, name) ?? fallback;
    if (!allowed.includes(value))
        throw new ConfigError(`${name} must be one of ${allowed.join(', ')}.`);
    return value;
}
function databaseUrl(env) {
    const value = text(env, 'DATABASE_URL');
    // The value itself is not repeated: it holds a password.
    if (value !== undefined && !/^postgres(ql)?:\/\//.test(value)) {
        throw new ConfigError('DATABASE_URL must begin with postgres:// or postgresql://.');
    }
    return value;
}
function publicUrl(env) {
    const value = text(env, 'MAILROOM_PUBLIC_URL');
    if (value === undefined)
        return undefined;
    if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
        throw new ConfigError('MAILROOM_PUBLIC_URL must be an http:// or https:// address.');
    }
    return new URL(value);
}
//# sourceMappingURL=config.js.map