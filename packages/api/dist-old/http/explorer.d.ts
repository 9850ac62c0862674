import type { Express } from 'express';
/** GraphiQL at /explorer from its npm package, in development only: nothing comes from a CDN. */
export declare function serveExplorer(app: Express): void;
