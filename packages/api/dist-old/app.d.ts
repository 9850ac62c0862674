import { AuthService } from './auth/auth.service.js';
import type { Config } from './config.js';
import type { Logger } from './logger.js';
import { MailServerService } from './mail-server/mail-server.service.js';
/** The running product without its process: tests and main.ts build the same. */
export interface App {
    readonly auth: AuthService;
    readonly mailServers: MailServerService;
    /** Starts listening; resolves to the port. */
    listen(port: number, host: string): Promise<number>;
    close(): Promise<void>;
}
/**
 * Builds every object by hand, in the order in which they need each other, and migrates the database.
 * Rejects where the database cannot be reached or belongs to a newer version.
 */
export declare function createApp(databaseUrl: string, config: Config, logger: Logger): Promise<App>;
