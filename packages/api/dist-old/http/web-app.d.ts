import { type Express } from 'express';
import type { Logger } from '../logger.js';
interface WebAppParts {
    /** The built console; where it is missing, `/` says so. */
    readonly consoleDir: string;
    readonly isSecure: boolean;
    readonly logger: Logger;
    readonly isReady: () => Promise<boolean>;
    /** Adds what only development serves. */
    readonly extend: (app: Express) => void;
}
/** Everything over HTTP but GraphQL: health, the console, and headers that keep browsers strict. */
export declare function createWebApp({ consoleDir, isSecure, isReady, extend, logger, }: WebAppParts): Express;
export {};
