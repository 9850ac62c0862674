import type { DataSource } from 'typeorm'
import type { ChangeFeed } from '../db/change-feed.js'
import type { Logger } from '../logger.js'
import type { SecretBox } from './secret-box.js'
import { SecretKeyCheck } from './secret-key-check.entity.js'

/** Of a key's id; enough to tell a handful apart, so that several fit into a connection's name. */
const SHOWN_LENGTH = 8

/** The keys that a process has, as the name of its change feed tells them; the one that encrypts first. */
const shownKeys = (keyIds: readonly string[]): string =>
  keyIds.map((id) => id.slice(0, SHOWN_LENGTH)).join(' ')

export const shownKey = (keyId: string): string => shownKeys([keyId])

/**
 * Takes new keys as soon as they are announced, and shows which ones this process has: rotate-secrets
 * waits until everybody can read what it is about to write.
 */
export function followKeys(
  secrets: SecretBox,
  changes: ChangeFeed,
  dataSource: DataSource,
  logger: Logger,
): void {
  changes.showAs(shownKeys(secrets.keyIds))
  changes.on('secret-key', () => {
    try {
      secrets.reload()
    } catch (error) {
      logger.error({ err: error }, 'the secret keys cannot be read; going on with those before')
    }
    changes.showAs(shownKeys(secrets.keyIds))
    warnIfRetired(secrets, dataSource, logger).catch((error: unknown) =>
      logger.warn({ err: error }, 'could not look whether the secret key is still in use'),
    )
  })
}

/** Nothing can be stored under it any more; only another environment can mend that. */
async function warnIfRetired(
  secrets: SecretBox,
  dataSource: DataSource,
  logger: Logger,
): Promise<void> {
  const [keyId] = secrets.keyIds
  const check = await dataSource.manager.findOneBy(SecretKeyCheck, { keyId })
  if (check?.retiredAt != null) {
    logger.error({ keyId }, 'the secret key has been replaced: start this process with the new one')
  }
}
