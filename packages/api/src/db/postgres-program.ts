import { access, chmod, constants } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from './postgres-place.js'
import { runDetached } from './run-detached.js'

/** Runs one of PostgreSQL's programs as {@link Place.identity} says; see {@link runDetached}. */
export async function runProgram(
  { binDir, identity }: Place,
  program: string,
  args: string[],
): Promise<{ code: number; said: string }> {
  const file = join(binDir, program)
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755))
  const [command, ...rest] =
    identity.kind === 'namespace' ? ['unshare', '--user', '--', file, ...args] : [file, ...args]
  return runDetached(command ?? file, rest, {
    ...(identity.kind === 'account' ? { uid: identity.uid, gid: identity.gid } : {}),
    cwd: '/',
    env: serverEnv(),
  })
}

/** Nothing of ours but the way to programs: the environment may hold secrets. */
function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
}
