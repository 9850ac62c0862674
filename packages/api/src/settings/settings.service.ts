import { AuditAction, AuditSubject, UserRole } from '@mailroom/shared'
import type { DataSource, EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { fieldChanges } from '../audit/field-changes.js'
import { recordAudit } from '../audit/record-audit.js'
import { AnnouncedTransactions } from '../db/announced.js'
import type { ChangeFeed } from '../db/change-feed.js'
import type { MyRules } from './my-rules.type.js'
import type { ProductSettings } from './product-settings.js'
import { settingsChanged } from './settings.errors.js'
import { Settings, SETTINGS_ID } from './settings.entity.js'

/** Keeps what holds for the whole installation, and has it at hand in every process. */
export class SettingsService {
  #kept: Promise<Readonly<Settings>> | undefined
  readonly #transactions: AnnouncedTransactions

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeFeed,
  ) {
    this.#transactions = new AnnouncedTransactions(dataSource, changes, 'settings')
    changes.on('settings', () => {
      this.#kept = undefined
    })
  }

  /** As they are now: read once, and again after each change by any process. */
  current(): Promise<Readonly<Settings>> {
    // While the feed is down nobody would tell us of a change.
    if (!this.changes.isLive) return read(this.dataSource.manager)
    this.#kept ??= this.#readAndKeep()
    return this.#kept
  }

  /** What they let somebody do. */
  async rulesFor(role: UserRole): Promise<MyRules> {
    const settings = await this.current()
    const isAdmin = role === UserRole.ADMIN
    return {
      managesOwnAccounts: isAdmin || settings.usersManageAccounts,
      leavesMail: isAdmin || settings.usersLeaveMail,
      messageSizeLimitMib: settings.messageSizeLimitMib,
    }
  }

  /** Replaces them all where nobody else has since `version` was read. */
  update(by: Actor, version: number, input: ProductSettings): Promise<Settings> {
    return this.#transactions.run(async (manager) => {
      const before = await read(manager)
      const { affected } = await manager
        .createQueryBuilder()
        .update(Settings)
        .set({
          ...settingsOf(input),
          version: () => 'version + 1',
          updatedAt: () => 'now()',
        })
        .where('id = :id AND version = :version', { id: SETTINGS_ID, version })
        .execute()
      const after = await read(manager)
      if (affected !== 1) throw settingsChanged(after.version)
      await recordAudit(manager, by, {
        action: AuditAction.UPDATE,
        subject: AuditSubject.SETTINGS,
        subjectName: '',
        changes: fieldChanges(settingsOf(before), settingsOf(after)),
      })
      return after
    })
  }

  #readAndKeep(): Promise<Readonly<Settings>> {
    const reading = read(this.dataSource.manager)
    reading.catch(() => {
      if (this.#kept === reading) this.#kept = undefined
    })
    return reading
  }
}

function read(manager: EntityManager): Promise<Settings> {
  return manager.findOneByOrFail(Settings, { id: SETTINGS_ID })
}

/** All that an administrator sets, without what Mailroom adds. */
function settingsOf(settings: ProductSettings) {
  const {
    usersManageAccounts,
    usersLeaveMail,
    messageSizeLimitMib,
    receivesAutomatically,
    receiveIntervalMinutes,
    allowsPrivateNetworks,
    defaultLanguage,
  } = settings
  return {
    usersManageAccounts,
    usersLeaveMail,
    messageSizeLimitMib,
    receivesAutomatically,
    receiveIntervalMinutes,
    allowsPrivateNetworks,
    defaultLanguage,
  } satisfies ProductSettings
}
