import type { DataSource, EntityManager } from 'typeorm'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import { createKeyFile, keyFile } from './key-file.js'
import { asPlaintext, SecretBox } from './secret-box.js'
import { SecretKeyCheck } from './secret-key-check.entity.js'
import { SecretKeyError } from './secret-key.js'
import { readSecretKeys, type KeySource, type SecretKeys } from './secret-keys.js'

/** Hears, in the transaction, that a key is in use from now on. */
type Recorder = (manager: EntityManager, keyId: string) => Promise<void>

const KNOWN = asPlaintext('mailroom')
const placeOf = (keyId: string) => ({ table: 'secret_key_check', id: keyId, field: 'sealed' })

/**
 * The box for this database's secrets. Throws {@link SecretKeyError} where a key that they were
 * encrypted with is missing: a new one is made only for a database that has none yet.
 */
export async function openSecretBox(
  dataSource: DataSource,
  source: KeySource,
  record?: Recorder,
): Promise<SecretBox> {
  return dataSource.transaction(async (manager) => {
    const checks = await readChecks(manager)
    const keys = findKeys(source, checks.length > 0)
    const box = new SecretBox(keys, () => readSecretKeys(source))
    verifyKeys(box, checks)
    await useKey(manager, box, checks, record)
    return box
  })
}

/** The keys that this database knows. Whoever changes them waits for us, so that no two first starts both believe theirs to be the key. */
export async function readChecks(manager: EntityManager): Promise<SecretKeyCheck[]> {
  await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_NAMESPACE, Lock.secretKey])
  return manager.find(SecretKeyCheck, { order: { createdAt: 'ASC' } })
}

/** Throws {@link SecretKeyError} where the database may hold what the box cannot read, or refuses its key. */
export function verifyKeys(box: SecretBox, checks: readonly SecretKeyCheck[]): void {
  const [current] = box.keyIds
  if (checks.some(({ keyId, retiredAt }) => keyId === current && retiredAt !== null)) {
    throw new SecretKeyError(
      'The secret key has been replaced, and this database takes it no more. Set MAILROOM_SECRET_KEY to the new one, or put the new secret.key into the data folder.',
    )
  }
  const live = checks.filter(({ retiredAt }) => retiredAt === null)
  const missing = live.filter((check) => !opens(box, check)).map(({ keyId }) => keyId)
  if (missing.length === 0) return
  throw new SecretKeyError(
    missing.length === live.length
      ? "The secret key is not the one that this database's secrets were encrypted with. Set MAILROOM_SECRET_KEY to that one, or put its secret.key back into the data folder."
      : `Some of this database's secrets are encrypted with another key besides (${missing.join(', ')}). Add it to MAILROOM_OLD_SECRET_KEYS, or put its file back into the data folder.`,
  )
}

/** From now on the database takes secrets under the box's key. */
export async function useKey(
  manager: EntityManager,
  box: SecretBox,
  checks: readonly SecretKeyCheck[],
  record?: Recorder,
): Promise<void> {
  const [keyId] = box.keyIds
  if (checks.some((check) => check.keyId === keyId)) return
  await manager.insert(SecretKeyCheck, { keyId, sealed: box.seal(KNOWN, placeOf(keyId)) })
  await record?.(manager, keyId)
}

function findKeys(source: KeySource, isInUse: boolean): SecretKeys {
  const found = readSecretKeys(source)
  if (found !== undefined) return found
  if (isInUse) {
    throw new SecretKeyError(
      `The key that this database's secrets were encrypted with is missing. Put ${keyFile(source.dataDir)} back, or set MAILROOM_SECRET_KEY to that key.`,
    )
  }
  return { current: createKeyFile(source.dataDir), others: source.oldSecretKeys }
}

function opens(box: SecretBox, { keyId, sealed }: SecretKeyCheck): boolean {
  try {
    return box.open(sealed, placeOf(keyId)) === KNOWN
  } catch {
    return false
  }
}
