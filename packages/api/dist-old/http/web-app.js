import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, {} from 'express';
import helmet from 'helmet';
const ONE_YEAR_MS = 365 * 24 * 3600 * 1_000;
/** Everything over HTTP but GraphQL: health, the console, and headers that keep browsers strict. */
export function createWebApp({ consoleDir, isSecure, isReady, extend, logger, }) {
    const app = express();
    app.disable('x-powered-by');
    app.use(securityHeaders(isSecure));
    app.get('/healthz', (_request, response) => {
        response.set('cache-control', 'no-store').json({ status: 'alive' });
    });
    app.get('/readyz', async (_request, response) => {
        const ready = await isReady();
        response
            .status(ready ? 200 : 503)
            .set('cache-control', 'no-store')
            .json({ status: ready ? 'ready' : 'not ready' });
    });
    extend(app);
    serveConsole(app, consoleDir);
    app.use((_request, response) => {
        response.status(404).type('text/plain').send('Not found');
    });
    app.use(createErrorHandler(logger));
    return app;
}
/** Instead of the framework's own, which prints stacks: a bad address is the caller's, the rest is ours. */
function createErrorHandler(logger) {
    return (error, _request, response, next) => {
        if (response.headersSent)
            return next(error);
        const status = error instanceof Error && 'status' in error ? error.status : undefined;
        const isCallers = typeof status === 'number' && status >= 400 && status < 500;
        if (!isCallers)
            logger.error({ err: error }, 'unexpected error in a request');
        response
            .status(isCallers ? status : 500)
            .type('text/plain')
            .send(isCallers ? 'Bad request' : 'Something went wrong on our side.');
    };
}
function securityHeaders(isSecure) {
    return helmet({
        contentSecurityPolicy: {
            useDefaults: false,
            directives: {
                defaultSrc: ["'self'"],
                scriptSrc: ["'self'"],
                // Component libraries place menus and dialogs by style attributes.
                styleSrc: ["'self'", "'unsafe-inline'"],
                imgSrc: ["'self'", 'data:'],
                fontSrc: ["'self'"],
                connectSrc: ["'self'"],
                objectSrc: ["'none'"],
                baseUri: ["'none'"],
                formAction: ["'self'"],
                frameAncestors: ["'none'"],
            },
        },
        referrerPolicy: { policy: 'no-referrer' },
        strictTransportSecurity: isSecure,
        xFrameOptions: { action: 'deny' },
    });
}
function serveConsole(app, consoleDir) {
    // Vite names these by their content, so they never change.
    app.use('/assets', express.static(join(consoleDir, 'assets'), {
        immutable: true,
        maxAge: ONE_YEAR_MS,
    }));
    app.use(express.static(consoleDir, { index: false, maxAge: 0 }));
    const index = join(consoleDir, 'index.html');
    app.use((request, response, next) => {
        if (request.method !== 'GET' || !request.accepts('html') || /\.\w+$/.test(request.path))
            return next();
        if (request.path === '/graphql')
            return next();
        response.set('cache-control', 'no-cache');
        if (existsSync(index))
            return response.sendFile(index);
        response.status(503).type('text/plain').send('The console is not built. Run: npm start');
    });
}
//# sourceMappingURL=web-app.js.map