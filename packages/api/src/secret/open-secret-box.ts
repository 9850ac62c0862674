import type { DataSource, EntityManager } from 'typeorm'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import { createKeyFile, keyFile, readKeyFile } from './key-file.js'
import { asPlaintext, SecretBox } from './secret-box.js'
import { SecretKeyCheck } from './secret-key-check.entity.js'
import { SecretKeyError, type SecretKey } from './secret-key.js'

interface Options {
  /** From the environment; undefined: the file in the data folder, made where this is a first start. */
  readonly secretKey: SecretKey | undefined
  readonly dataDir: string
}

const KNOWN = asPlaintext('mailroom')
const placeOf = (keyId: string) => ({ table: 'secret_key_check', id: keyId, field: 'sealed' })

/**
 * The box for this database's secrets. Throws {@link SecretKeyError} where the key is not the one that
 * they were encrypted with, or is gone: a new one is made only for a database that has none yet.
 */
export async function openSecretBox(dataSource: DataSource, options: Options): Promise<SecretBox> {
  return dataSource.transaction(async (manager) => {
    // Two first starts at once must not both believe theirs to be the key.
    await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_NAMESPACE, Lock.secretKey])
    const checks = await manager.find(SecretKeyCheck)
    const box = new SecretBox(await findKey(options, checks.length > 0))
    if (checks.length === 0) await remember(manager, box)
    else verify(box, checks)
    return box
  })
}

async function findKey({ secretKey, dataDir }: Options, isInUse: boolean): Promise<SecretKey> {
  const found = secretKey ?? (await readKeyFile(dataDir))
  if (found !== undefined) return found
  if (isInUse) {
    throw new SecretKeyError(
      `The key that this database's secrets were encrypted with is missing. Put ${keyFile(dataDir)} back, or set MAILROOM_SECRET_KEY to that key.`,
    )
  }
  return createKeyFile(dataDir)
}

async function remember(manager: EntityManager, box: SecretBox): Promise<void> {
  const { keyId } = box
  await manager.insert(SecretKeyCheck, { keyId, sealed: box.seal(KNOWN, placeOf(keyId)) })
}

function verify(box: SecretBox, checks: readonly SecretKeyCheck[]): void {
  const check = checks.find(({ keyId }) => keyId === box.keyId)
  if (check === undefined || !opens(box, check)) {
    throw new SecretKeyError(
      "The secret key is not the one that this database's secrets were encrypted with. Set MAILROOM_SECRET_KEY to that one, or put its secret.key back into the data folder.",
    )
  }
}

function opens(box: SecretBox, { keyId, sealed }: SecretKeyCheck): boolean {
  try {
    return box.open(sealed, placeOf(keyId)) === KNOWN
  } catch {
    return false
  }
}
