/** Everything that the environment decides; README's table documents each. */
export interface Config {
    readonly port: number;
    readonly host: string;
    /** Unset: the embedded PostgreSQL below the data folder. */
    readonly databaseUrl: string | undefined;
    readonly dataDir: string;
    /** Makes the user `admin` when no user exists. */
    readonly adminPassword: string | undefined;
    readonly isDevelopment: boolean;
    readonly logLevel: string;
    /** The address that people type, where a web server stands in front; decides cookies and allowed origins. */
    readonly publicUrl: URL | undefined;
    /** How many web servers stand in front, whose X-Forwarded-For is believed. */
    readonly trustedProxies: number;
    /** Whether mail servers may be on loopback and private networks. */
    readonly allowsPrivateNetworks: boolean;
}
/** A setting that cannot be used; the message says which and what it takes. */
export declare class ConfigError extends Error {
    name: string;
}
/** Reads and checks the environment once. Throws {@link ConfigError}. */
export declare function readConfig(env?: NodeJS.ProcessEnv): Config;
