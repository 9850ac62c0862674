import { link, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
/** The data folder cannot be used; the message is a sentence for whoever started Mailroom. */
export class DataFolderError extends Error {
    constructor() {
        super(...arguments);
        this.name = 'DataFolderError';
    }
}
const LOCK_FILE = 'mailroom.lock';
const LOCK_NAME = /^mailroom\.lock(?:\.(\d+))?$/;
/**
 * Takes the data folder for this process. A lock left behind by a killed process is taken over.
 * Throws {@link DataFolderError} where another Mailroom runs on it.
 *
 * Locks are numbered and the highest counts. A dead one is never removed before the next number
 * stands: of two that find it dead only one can make the next, whereas of two that remove it and
 * make it anew the slower removes the lock of the faster.
 */
export async function lockDataFolder(dataDir) {
    await makeFolder(dataDir);
    const own = { pid: process.pid, startedAt: await startTimeOf(process.pid) };
    for (;;) {
        const highest = Math.max(-1, ...(await lockNumbers(dataDir)));
        const holder = highest < 0 ? undefined : await readHolder(lockFile(dataDir, highest));
        if (holder !== undefined && (await isRunning(holder))) {
            throw new DataFolderError(`Another Mailroom (process ${holder.pid}) already uses the data folder ${dataDir}. Stop it first, or set MAILROOM_DATA_DIR to a different folder.`);
        }
        const number = highest + 1;
        if (!(await createExclusively(lockFile(dataDir, number), own)))
            continue;
        const numbers = await lockNumbers(dataDir);
        if (numbers.some((other) => other > number)) {
            // Others came and went since we looked; this number was theirs and had been tidied away.
            await rm(lockFile(dataDir, number), { force: true });
            continue;
        }
        for (const dead of numbers.filter((other) => other < number)) {
            await rm(lockFile(dataDir, dead), { force: true });
        }
        // Emptied, not removed: the next one must count on from it.
        return { release: () => writeFile(lockFile(dataDir, number), '') };
    }
}
const lockFile = (dataDir, number) => join(dataDir, number === 0 ? LOCK_FILE : `${LOCK_FILE}.${number}`);
async function lockNumbers(dataDir) {
    return (await readdir(dataDir)).flatMap((name) => {
        const match = LOCK_NAME.exec(name);
        return match === null ? [] : [Number(match[1] ?? 0)];
    });
}
async function makeFolder(dataDir) {
    try {
        await mkdir(dataDir, { recursive: true, mode: 0o755 });
    }
    catch (cause) {
        throw new DataFolderError(`The data folder ${dataDir} cannot be made. Check who may write there.`, { cause });
    }
}
/** The lock appears with its text in it, so that nobody takes one that is being written for a dead one. */
async function createExclusively(file, holder) {
    const draft = `${file}-${process.pid}.new`;
    try {
        await writeFile(draft, JSON.stringify(holder));
        await link(draft, file);
        return true;
    }
    catch (error) {
        if (isCode(error, 'EEXIST'))
            return false;
        throw new DataFolderError('The data folder cannot be written to. Check who may write there.', {
            cause: error,
        });
    }
    finally {
        await rm(draft, { force: true });
    }
}
async function readHolder(file) {
    const [pid, startedAt] = parseHolder(await readFile(file, 'utf8').catch(() => ''));
    return pid !== undefined && startedAt !== undefined ? { pid, startedAt } : undefined;
}
function parseHolder(text) {
    try {
        const value = JSON.parse(text);
        if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value))
            return [];
        const { pid, startedAt } = value;
        return typeof pid === 'number' && typeof startedAt === 'string' ? [pid, startedAt] : [];
    }
    catch {
        return [];
    }
}
async function isRunning({ pid, startedAt }) {
    try {
        process.kill(pid, 0);
    }
    catch (error) {
        if (!isCode(error, 'EPERM'))
            return false;
    }
    const now = await startTimeOf(pid);
    return now === '' || startedAt === '' || now === startedAt;
}
/**
 * A process's start in clock ticks since boot (proc(5), field 22); empty where there is no /proc.
 * A process that has ended and waits for its parent is as good as gone.
 */
async function startTimeOf(pid) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? 'ended' : (fields[18] ?? '');
}
/** Writes a file that only its owner may read. */
export async function writePrivateFile(file, text) {
    await writeFile(file, text, { mode: 0o600 });
}
export function isCode(error, code) {
    return error instanceof Error && 'code' in error && error.code === code;
}
//# sourceMappingURL=data-folder.js.map