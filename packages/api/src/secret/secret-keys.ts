import { readKeyFile, readNextKeyFile, readOldKeyFiles } from './key-file.js'
import type { SecretKey } from './secret-key.js'

/** One key encrypts, all decrypt. */
export interface SecretKeys {
  readonly current: SecretKey
  readonly others: readonly SecretKey[]
}

/** Where a process has its keys from. */
export interface KeySource {
  /** From the environment; undefined: the file in the data folder. */
  readonly secretKey: SecretKey | undefined
  /** Further ones from the environment. */
  readonly oldSecretKeys: readonly SecretKey[]
  readonly dataDir: string
}

/** The keys as they are now; undefined where there is none that encrypts. Throws SecretKeyError. */
export function readSecretKeys(source: KeySource): SecretKeys | undefined {
  const { secretKey, oldSecretKeys, dataDir } = source
  if (secretKey !== undefined) return { current: secretKey, others: oldSecretKeys }
  const current = readKeyFile(dataDir)
  if (current === undefined) return undefined
  const next = readNextKeyFile(dataDir)
  const others = [...(next === undefined ? [] : [next]), ...readOldKeyFiles(dataDir)]
  return { current, others: [...others, ...oldSecretKeys] }
}
