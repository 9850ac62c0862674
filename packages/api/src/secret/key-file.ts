import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createSecretKey,
  formatSecretKey,
  parseSecretKey,
  SecretKeyError,
  type SecretKey,
} from './secret-key.js'

const KEY_FILE = 'secret.key'

/** The key in the data folder; undefined where there is none. Throws {@link SecretKeyError}. */
export async function readKeyFile(dataDir: string): Promise<SecretKey | undefined> {
  const file = keyFile(dataDir)
  try {
    await refuseOpenToOthers(file)
    return parseSecretKey(await readFile(file, 'utf8'), file)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    if (error instanceof SecretKeyError) throw error
    throw new SecretKeyError(`${file} cannot be read. Check who may read it.`, { cause: error })
  }
}

/** Makes the key of the data folder; of several processes that try, all get the one that was first. */
export async function createKeyFile(dataDir: string): Promise<SecretKey> {
  const file = keyFile(dataDir)
  const draft = `${file}.${process.pid}.new`
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 })
    await writeFile(draft, `${formatSecretKey(createSecretKey())}\n`, { mode: 0o600 })
    // A link appears whole or not at all, and never over another one.
    await link(draft, file).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error
    })
  } catch (cause) {
    throw new SecretKeyError(
      `${file} cannot be made. Check who may write there, or set MAILROOM_SECRET_KEY.`,
      { cause },
    )
  } finally {
    await rm(draft, { force: true })
  }
  const key = await readKeyFile(dataDir)
  if (key === undefined) throw new SecretKeyError(`${file} vanished while Mailroom started.`)
  return key
}

export const keyFile = (dataDir: string) => join(dataDir, KEY_FILE)

async function refuseOpenToOthers(file: string): Promise<void> {
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new SecretKeyError(
      `${file} may be read by other accounts of this machine. Mend it with: chmod 600 ${file}`,
    )
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
