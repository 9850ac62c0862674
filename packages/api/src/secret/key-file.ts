import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  createSecretKey,
  formatSecretKey,
  parseSecretKey,
  SecretKeyError,
  type SecretKey,
} from './secret-key.js'

/**
 * The keys in the data folder, each in a file of its own: the one that encrypts, the one that is about
 * to (while rotate-secrets makes it known), and those that it replaced. Read at once and not in the
 * background: a secret under a key that has just come is met in the middle of other work.
 */
const KEY_FILE = 'secret.key'
const NEXT_FILE = 'secret.key.next'
const OLD_FILE = /^secret\.key\.[0-9a-f]{16}\.old$/

/** The key that encrypts; undefined where there is none. Throws {@link SecretKeyError}. */
export function readKeyFile(dataDir: string): SecretKey | undefined {
  return read(keyFile(dataDir))
}

/** The key that rotate-secrets is making known; undefined where there is none. Throws {@link SecretKeyError}. */
export function readNextKeyFile(dataDir: string): SecretKey | undefined {
  return read(nextKeyFile(dataDir))
}

/** The keys that were replaced. Throws {@link SecretKeyError}. */
export function readOldKeyFiles(dataDir: string): SecretKey[] {
  return names(dataDir)
    .filter((name) => OLD_FILE.test(name))
    .flatMap((name) => read(join(dataDir, name)) ?? [])
}

/** Makes the key of the data folder; of several processes that try, all get the one that was first. */
export function createKeyFile(dataDir: string): SecretKey {
  const file = keyFile(dataDir)
  place(dataDir, createSecretKey(), (draft) => linkUnlessThere(draft, file))
  const key = readKeyFile(dataDir)
  if (key === undefined) throw new SecretKeyError(`${file} vanished while Mailroom started.`)
  return key
}

/** Puts a key beside the one that encrypts, to be read with. */
export function writeNextKeyFile(dataDir: string, key: SecretKey): void {
  place(dataDir, key, (draft) => renameSync(draft, nextKeyFile(dataDir)))
}

/** Makes the next key the one that encrypts; the one before is kept. Can be cut off anywhere and repeated. */
export function takeNextKeyFile(dataDir: string): void {
  const before = readKeyFile(dataDir)
  if (before !== undefined) {
    place(dataDir, before, (draft) => linkUnlessThere(draft, oldKeyFile(dataDir, before.id)))
  }
  renameSync(nextKeyFile(dataDir), keyFile(dataDir))
  syncFolder(dataDir)
}

export const keyFile = (dataDir: string) => join(dataDir, KEY_FILE)
export const nextKeyFile = (dataDir: string) => join(dataDir, NEXT_FILE)
export const oldKeyFile = (dataDir: string, id: string) => join(dataDir, `secret.key.${id}.old`)

function read(file: string): SecretKey | undefined {
  try {
    refuseOpenToOthers(file)
    return parseSecretKey(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    if (error instanceof SecretKeyError) throw error
    throw new SecretKeyError(`${file} cannot be read. Check who may read it.`, { cause: error })
  }
}

function names(dataDir: string): string[] {
  try {
    return readdirSync(dataDir)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw new SecretKeyError(`${dataDir} cannot be read. Check who may read it.`, { cause: error })
  }
}

/** Writes a key to a draft, on the disk before `appear` gives it its name: it appears whole or not at all. */
function place(dataDir: string, key: SecretKey, appear: (draft: string) => void): void {
  const draft = join(dataDir, `${KEY_FILE}.${process.pid}.new`)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 })
    writeFileSync(draft, `${formatSecretKey(key)}\n`, { mode: 0o600, flush: true })
    appear(draft)
    syncFolder(dataDir)
  } catch (cause) {
    throw new SecretKeyError(
      `${keyFile(dataDir)} cannot be made. Check who may write there, or set MAILROOM_SECRET_KEY.`,
      { cause },
    )
  } finally {
    rmSync(draft, { force: true })
  }
}

/** A link never goes over another file. */
function linkUnlessThere(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

/** A new name is on the disk only when its folder is. */
function syncFolder(dataDir: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dataDir, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function refuseOpenToOthers(file: string): void {
  const { mode } = statSync(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new SecretKeyError(
      `${file} may be read by other accounts of this machine. Mend it with: chmod 600 ${file}`,
    )
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
