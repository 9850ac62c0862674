import { AuditAction, FieldRule, UserRole } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import type { FieldChange } from '../audit/field-changes.js'
import { recordAudit } from '../audit/record-audit.js'
import type { AnnouncedTransactions } from '../db/announced.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import { newIds } from '../db/write-rows.js'
import { badUserInput } from '../errors.js'
import type { ServerChange } from '../mail-server/consequences.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import type { SecretBox } from '../secret/secret-box.js'
import type { MyRules } from '../settings/my-rules.type.js'
import type { SettingsService } from '../settings/settings.service.js'
import { passwordsGoElsewhere, recordOf, recordOfCreate, recordOfUpdate } from './account-audit.js'
import { chosenServer, refuseNamedMailboxes, refuseStrangers } from './account-choices.js'
import type { AccountReader } from './account-reader.js'
import type { AccountScope } from './account-scope.js'
import { sealPasswords } from './account-passwords.js'
import { ACCOUNT_CODE_UNIQUE, MailAccount } from './account.entity.js'
import { accountChanged, accountNotFound, accountsManagedForYou } from './account.errors.js'
import type { MailAccountInput } from './account.input.js'
import { normaliseAccount } from './normalise-account-settings.js'

/** Keeps people's accounts at mail servers. Within a scope, what is outside of it does not exist. */
export class AccountService {
  constructor(
    private readonly transactions: AnnouncedTransactions,
    private readonly secrets: SecretBox,
    private readonly reader: AccountReader,
    private readonly settings: SettingsService,
  ) {}

  create(by: Actor, scope: AccountScope, input: MailAccountInput): Promise<MailAccount> {
    return this.#write(scope, async (manager, rules) => {
      refuseLeaving(rules, input, undefined)
      const server = await chosenServer(manager, input, undefined)
      await refuseStrangers(manager, scope, input, server)
      const settings = settingsOf(input, server)
      await refuseNamedMailboxes(manager, scope, settings, server, undefined)
      // Secrets are sealed with the row's id, which must therefore be known before the row is.
      const [id = crypto.randomUUID()] = await newIds(manager, 1)
      const passwords = sealPasswords(this.secrets, input, server, id)
      await manager.insert(MailAccount, { ...settings, id, ...passwords }).catch(refusedByDatabase)
      const account = await this.#get(manager, scope, id)
      await recordAudit(manager, by, recordOfCreate(account))
      return account
    })
  }

  /** Replaces all but the passwords, where nobody else has since `version` was read. */
  update(
    by: Actor,
    scope: AccountScope,
    id: string,
    version: number,
    input: MailAccountInput,
  ): Promise<MailAccount> {
    return this.#write(scope, async (manager, rules) => {
      const before = await this.#get(manager, scope, id)
      if (before.version !== version) throw accountChanged(before.version)
      refuseLeaving(rules, input, before)
      const server = await chosenServer(manager, input, before.mailServerId)
      await refuseStrangers(manager, scope, input, server)
      const settings = settingsOf(input, server)
      await refuseNamedMailboxes(manager, scope, settings, server, before)
      const { affected } = await manager
        .createQueryBuilder()
        .update(MailAccount)
        .set({
          ...settings,
          ...sealPasswords(this.secrets, input, server, id),
          version: () => 'version + 1',
          updatedAt: () => 'now()',
        })
        // Every change counts the version, so that what was read before is what is changed here.
        .where('id = :id AND user_id = :userId AND version = :version', {
          ...{ id, version, userId: before.userId },
        })
        .execute()
        .catch(refusedByDatabase)
      const after = await this.#get(manager, scope, id)
      if (affected !== 1) throw accountChanged(after.version)
      const from =
        before.mailServerId === server.id
          ? server
          : await manager.findOneByOrFail(MailServer, { id: before.mailServerId })
      await recordAudit(manager, by, recordOfUpdate(before, after, { from, to: server }))
      return after
    })
  }

  delete(by: Actor, scope: AccountScope, id: string): Promise<boolean> {
    return this.#write(scope, async (manager) => {
      const account = await this.#get(manager, scope, id)
      // It may have been given to somebody else since it was read.
      const { affected } = await manager.delete(MailAccount, {
        id: account.id,
        userId: account.userId,
      })
      if (affected !== 1) throw accountNotFound()
      await recordAudit(manager, by, recordOf(AuditAction.DELETE, account, undefined))
      return true
    })
  }

  /** All of a person who is being deleted, within that transaction. */
  async deleteAllOf(manager: EntityManager, by: Actor, userId: string): Promise<void> {
    const accounts = await this.reader.list({ userId }, manager)
    if (accounts.length === 0) return
    await manager.delete(MailAccount, { userId })
    await recordAudit(
      manager,
      by,
      ...accounts.map((account) => recordOf(AuditAction.DELETE, account, undefined)),
    )
    await this.transactions.announce(manager)
  }

  /** What changes of servers do to what is stored for them, by the servers' ids. */
  async consequencesOf(
    manager: EntityManager,
    changes: readonly ServerChange[],
  ): Promise<ReadonlyMap<string, readonly FieldChange[]>> {
    const ids = changes.map(({ after }) => after.id)
    const accounts = await this.reader.countByServer(ids, manager)
    return new Map(
      changes.map(({ before, after }) => [
        after.id,
        passwordsGoElsewhere(accounts.get(after.id)?.hasPasswords ?? false, before, after),
      ]),
    )
  }

  async #get(manager: EntityManager, scope: AccountScope, id: string): Promise<MailAccount> {
    const account = await this.reader.find(scope, id, manager)
    if (account === null) throw accountNotFound()
    return account
  }

  /**
   * A change made within a scope. Throws FORBIDDEN where the settings
   * leave people's accounts to administrators.
   */
  async #write<T>(
    scope: AccountScope,
    work: (manager: EntityManager, rules: MyRules) => Promise<T>,
  ): Promise<T> {
    const role = scope.userId === undefined ? UserRole.ADMIN : UserRole.USER
    const rules = await this.settings.rulesFor(role)
    if (!rules.managesOwnAccounts) throw accountsManagedForYou()
    return this.transactions.run((manager) => work(manager, rules))
  }
}

/** What an administrator has set for somebody may stay as it is. */
function refuseLeaving(
  { leavesMail }: MyRules,
  { leaveOnServer, deleteAfterDays }: MailAccountInput,
  before: MailAccount | undefined,
): void {
  const isAsBefore =
    before?.leaveOnServer === true && before.deleteAfterDays === (deleteAfterDays ?? null)
  if (leaveOnServer && !leavesMail && !isAsBefore) {
    throw badUserInput([{ path: 'leaveOnServer', rule: FieldRule.notAllowed }])
  }
}

/** All columns of an account but its id and passwords. */
const settingsOf = (input: MailAccountInput, server: MailServer) => ({
  ...normaliseAccount(input, server),
  ...{ userId: input.userId, mailServerId: server.id },
})

/** Names the field of which the database knows that it cannot be so. */
function refusedByDatabase(error: unknown): never {
  if (violatedConstraint(error) === ACCOUNT_CODE_UNIQUE) {
    throw badUserInput([{ path: 'code', rule: FieldRule.codeInUse }])
  }
  throw error
}
