import { IsNull, Not, type DataSource, type EntityManager } from 'typeorm'
import { ANNOUNCE_CHANGE } from '../db/change-feed.js'
import { LOCK_NAMESPACE, Lock } from '../db/migrate.js'
import {
  keyFile,
  nextKeyFile,
  oldKeyFile,
  readKeyFile,
  readNextKeyFile,
  readOldKeyFiles,
  takeNextKeyFile,
  writeNextKeyFile,
} from './key-file.js'
import { readChecks, useKey, verifyKeys } from './open-secret-box.js'
import { resealTable } from './reseal.js'
import { canRead, encryptsWith, othersThan } from './running-processes.js'
import { SecretBox } from './secret-box.js'
import { secretTables } from './secret-column.js'
import { SecretKeyCheck } from './secret-key-check.entity.js'
import { createSecretKey, SecretKeyError, type SecretKey } from './secret-key.js'
import { readSecretKeys, type KeySource, type SecretKeys } from './secret-keys.js'

interface RotationSource extends KeySource {
  /** What to encrypt with from now on; undefined: a random one, or the one that was begun with. */
  readonly newSecretKey: SecretKey | undefined
}

export interface RotationOptions {
  readonly dataSource: DataSource
  readonly source: RotationSource
  /** Hears a sentence at each step. */
  readonly say: (sentence: string) => void
  /** Writes down, in the transaction, that a key is in use, or that one is retired. */
  readonly record: (manager: EntityManager, event: RotationEvent) => Promise<void>
  readonly signal?: AbortSignal
  /** How long running processes may take to hear of a key. */
  readonly waitMs?: number
}

export type RotationEvent =
  | { readonly kind: 'taken'; readonly keyId: string }
  | {
      readonly kind: 'retired'
      readonly keyId: string
      readonly by: string
      readonly count: number
    }

/** They hear by NOTIFY; who has just lost the connection has it back in less. */
const WAIT_MS = 15_000

/**
 * Encrypts every secret of the database with another key, while Mailroom runs. Each step leaves
 * everything readable by everybody who runs or starts, and beginning again goes on where it stopped:
 *
 * 1. the new key stands beside the old one, and everybody can read with it
 * 2. the database takes secrets under it, and everybody encrypts with it
 * 3. every stored secret is sealed anew, batch by batch
 * 4. the old key is retired: the database takes nothing under it any more, and nothing is left
 *
 * Throws {@link SecretKeyError} with what to do where it cannot go on.
 */
export async function rotateSecrets(options: RotationOptions): Promise<void> {
  const runner = options.dataSource.createQueryRunner()
  try {
    const taken = await runner.manager.query<{ taken: boolean }[]>(
      'SELECT pg_try_advisory_lock($1, $2) AS taken',
      [LOCK_NAMESPACE, Lock.secretRotation],
    )
    if (taken[0]?.taken !== true) throw new SecretKeyError('Another rotate-secrets is running.')
    try {
      await new Rotation(options).run()
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_NAMESPACE, Lock.secretRotation])
    }
  } finally {
    await runner.release()
  }
}

class Rotation {
  readonly #dataSource: DataSource
  readonly #source: RotationSource
  readonly #say: (sentence: string) => void

  constructor(private readonly options: RotationOptions) {
    this.#dataSource = options.dataSource
    this.#source = options.source
    this.#say = options.say
  }

  async run(): Promise<void> {
    const before = this.#keys()
    const checks = await this.#dataSource.transaction(readChecks)
    verifyKeys(new SecretBox(before), checks)
    const isInFile = this.#source.secretKey === undefined
    const isBegun = checks.some((c) => c.retiredAt === null && c.keyId !== before.current.id)
    const target = isInFile
      ? this.#nextKey(before.current, isBegun)
      : this.#givenKey(before, isBegun)
    if (checks.some(({ keyId, retiredAt }) => keyId === target.id && retiredAt !== null)) {
      throw new SecretKeyError(
        'The new key has been used before and was retired. Make another one.',
      )
    }
    this.#say(`Encrypting every secret with the key ${target.id} …`)
    if (isInFile && target.id !== before.current.id) writeNextKeyFile(this.#source.dataDir, target)
    await this.#refuseWhoCannotRead(target, isInFile)
    const box = new SecretBox({ current: target, others: [before.current, ...before.others] })
    await this.#take(target, box, isInFile)
    const count = await this.#resealAll(box)
    await this.#refuseWhoWritesWithAnother(target)
    await this.#retireOthers(target, box, count)
    if (isInFile) this.#sayWhereOldKeysAre(target)
    if (!isInFile || this.#source.oldSecretKeys.length > 0) {
      this.#say('From the next start on, MAILROOM_OLD_SECRET_KEYS is no longer needed.')
    }
  }

  #keys(): SecretKeys {
    const keys = readSecretKeys(this.#source)
    if (keys === undefined) {
      throw new SecretKeyError(
        `There is no secret key in ${this.#source.dataDir}. Set MAILROOM_DATA_DIR or MAILROOM_SECRET_KEY as Mailroom itself has it.`,
      )
    }
    const { newSecretKey } = this.#source
    const more = newSecretKey === undefined ? [] : [newSecretKey]
    return { current: keys.current, others: [...more, ...keys.others] }
  }

  /** What was begun with is gone on with; otherwise another key is made. */
  #nextKey(current: SecretKey, isBegun: boolean): SecretKey {
    const { newSecretKey, dataDir } = this.#source
    const begunWith = readNextKeyFile(dataDir) ?? (isBegun ? current : undefined)
    if (newSecretKey === undefined) return begunWith ?? createSecretKey()
    if (begunWith !== undefined && begunWith.id !== newSecretKey.id) {
      throw new SecretKeyError(
        `A rotation to the key ${begunWith.id} has begun and not ended. Run it to its end without MAILROOM_NEW_SECRET_KEY first.`,
      )
    }
    return newSecretKey
  }

  #givenKey({ current }: SecretKeys, isBegun: boolean): SecretKey {
    const target = this.#source.newSecretKey ?? current
    if (target.id === current.id && !isBegun) {
      throw new SecretKeyError(
        'Every secret is encrypted with MAILROOM_SECRET_KEY already. To replace it: make a new key (openssl rand -base64 32), start Mailroom with the new one as MAILROOM_SECRET_KEY and this one in MAILROOM_OLD_SECRET_KEYS, and run rotate-secrets with the same environment. See docs/secrets.md.',
      )
    }
    return target
  }

  /** Nothing may be written that a running process could not read. */
  async #refuseWhoCannotRead(target: SecretKey, isInFile: boolean): Promise<void> {
    await this.#announce()
    const who = await this.#others(canRead(target.id))
    if (who.length === 0) return
    const where = isInFile ? `the key in ${this.#fileOf(target)}` : 'the new key'
    throw new SecretKeyError(
      `A running Mailroom (${who.join(', ')}) cannot read with the new key. Start it again with ${where} in MAILROOM_OLD_SECRET_KEYS, then run this again. Nothing is encrypted with it yet.`,
    )
  }

  #fileOf({ id }: SecretKey): string {
    const { dataDir } = this.#source
    return readKeyFile(dataDir)?.id === id ? keyFile(dataDir) : nextKeyFile(dataDir)
  }

  /** The database first: whoever encrypts with it from now on must not be refused. */
  async #take(target: SecretKey, box: SecretBox, isInFile: boolean): Promise<void> {
    await this.#dataSource.transaction(async (manager) => {
      await useKey(manager, box, await readChecks(manager), (same, keyId) =>
        this.options.record(same, { kind: 'taken', keyId }),
      )
    })
    if (!isInFile || readKeyFile(this.#source.dataDir)?.id === target.id) return
    takeNextKeyFile(this.#source.dataDir)
    await this.#announce()
    // Who is late writes under the old key for a moment more; that is found before the end.
    await this.#others(encryptsWith(target.id))
  }

  #resealAll(box: SecretBox): Promise<number> {
    return this.#reseal(
      box,
      (work) => this.#dataSource.transaction(work),
      (table, count) => this.#say(`${table}: ${count}`),
    )
  }

  /** Every secret of every table; answers how many were not under the box's current key. */
  async #reseal(
    box: SecretBox,
    transaction: Parameters<typeof resealTable>[2],
    tell?: (table: string, count: number) => void,
  ): Promise<number> {
    const unreadable: string[] = []
    let count = 0
    for (const table of secretTables(this.#dataSource)) {
      const done = await resealTable(table, box, transaction, this.options.signal)
      count += done.count
      unreadable.push(...done.unreadable)
      tell?.(table.name, done.count)
    }
    refuseUnreadable(unreadable)
    return count
  }

  async #refuseWhoWritesWithAnother(target: SecretKey): Promise<void> {
    const who = await this.#others(encryptsWith(target.id))
    if (who.length === 0) return
    throw new SecretKeyError(
      `Everything stored is encrypted with the new key now, but a running Mailroom (${who.join(', ')}) still encrypts with another one. Start it with the new key as MAILROOM_SECRET_KEY, then run this again.`,
    )
  }

  /**
   * In one transaction: whoever has just written under the old key is waited for, whoever is about to
   * is refused afterwards, and what came in between is sealed anew.
   */
  async #retireOthers(target: SecretKey, box: SecretBox, count: number): Promise<void> {
    await this.#dataSource.transaction(async (manager) => {
      await readChecks(manager)
      const live = { keyId: Not(target.id), retiredAt: IsNull() }
      const retired = await manager.findBy(SecretKeyCheck, live)
      await manager.update(SecretKeyCheck, live, { retiredAt: () => 'now()' })
      const late = await this.#reseal(box, (work) => work(manager))
      for (const { keyId } of retired) {
        await this.options.record(manager, {
          kind: 'retired',
          keyId,
          by: target.id,
          count: count + late,
        })
      }
    })
    await this.#announce()
  }

  #sayWhereOldKeysAre(target: SecretKey): void {
    const { dataDir } = this.#source
    const files = readOldKeyFiles(dataDir)
      .filter(({ id }) => id !== target.id)
      .map(({ id }) => oldKeyFile(dataDir, id))
    this.#say(
      'Done: everything is encrypted with the new key. Back up secret.key now.' +
        (files.length === 0
          ? ''
          : ` Backups of the database made before need the old key: ${files.join(', ')}. Keep it with them, and delete it here when they are gone.`),
    )
  }

  #announce(): Promise<unknown> {
    return this.#dataSource.query(ANNOUNCE_CHANGE, ['secret-key'])
  }

  #others(isWanted: Parameters<typeof othersThan>[0]): Promise<string[]> {
    const { waitMs = WAIT_MS, signal } = this.options
    return othersThan(isWanted, this.#dataSource, waitMs, signal)
  }
}

function refuseUnreadable(unreadable: readonly string[]): void {
  if (unreadable.length === 0) return
  throw new SecretKeyError(
    `These secrets open with none of the keys: ${unreadable.join('; ')}. Everything else is done. Put the key that they were encrypted with into MAILROOM_OLD_SECRET_KEYS, or enter them anew in the console; then run this again.`,
  )
}
