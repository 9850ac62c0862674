import { AuditAction, FieldRule, UserRole } from '@mailroom/shared'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import type { FieldChange } from '../audit/field-changes.js'
import { recordAudit } from '../audit/record-audit.js'
import type { AnnouncedTransactions } from '../db/announced.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import { badUserInput } from '../errors.js'
import type { ServerChange } from '../mail-server/consequences.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { needsOutgoingCredentials } from '../mail-server/mail-server-option.type.js'
import { asPlaintext, type SecretBox } from '../secret/secret-box.js'
import type { MyRules } from '../settings/my-rules.type.js'
import type { SettingsService } from '../settings/settings.service.js'
import { passwordChanges, passwordsGoElsewhere, recordOf } from './account-audit.js'
import { chosenServer, refuseNamedMailboxes, refuseStrangers } from './account-choices.js'
import type { AccountReader } from './account-reader.js'
import type { AccountScope } from './account-scope.js'
import {
  ACCOUNT_CODE_UNIQUE,
  MailAccount,
  PASSWORD_FIELDS,
  passwordPlace,
  type PasswordField,
} from './account.entity.js'
import { accountChanged, accountNotFound, accountsManagedForYou } from './account.errors.js'
import type { MailAccountInput } from './account.input.js'
import { normaliseAccount } from './normalise-account.js'

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
      const id = await newId(manager)
      await manager
        .insert(MailAccount, { ...settings, id, ...this.#passwordsOf(input, server, id) })
        .catch(refusedByDatabase)
      const account = await this.#get(manager, scope, id)
      const set = PASSWORD_FIELDS.filter((field) => account[field] !== null)
      await recordAudit(
        manager,
        by,
        recordOf(AuditAction.CREATE, undefined, account, ...passwordChanges(set)),
      )
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
          ...this.#passwordsOf(input, server, id),
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
      await this.#recordUpdate(manager, by, before, after, server)
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

  async #recordUpdate(
    manager: EntityManager,
    by: Actor,
    before: MailAccount,
    after: MailAccount,
    server: MailServer,
  ): Promise<void> {
    const changed = PASSWORD_FIELDS.filter((field) => !isSame(before[field], after[field]))
    const keepsSome = PASSWORD_FIELDS.some(
      (field) => after[field] !== null && isSame(before[field], after[field]),
    )
    const old =
      before.mailServerId === server.id
        ? server
        : await manager.findOneByOrFail(MailServer, { id: before.mailServerId })
    await recordAudit(
      manager,
      by,
      recordOf(
        AuditAction.UPDATE,
        before,
        after,
        ...passwordChanges(changed),
        ...passwordsGoElsewhere(keepsSome, old, server),
      ),
    )
  }

  /** The columns of passwords that were given; one that is left out stays as it is. */
  #passwordsOf(
    input: MailAccountInput,
    server: MailServer,
    id: string,
  ): Partial<Record<PasswordField, Buffer | null>> {
    const needsOutgoing = needsOutgoingCredentials(server)
    const given = { ...input, ...(needsOutgoing ? {} : { outgoingPassword: null }) }
    return Object.fromEntries(
      PASSWORD_FIELDS.flatMap((field): [PasswordField, Buffer | null][] => {
        const text = given[field]
        if (text === undefined) return []
        return [
          [field, text ? this.secrets.seal(asPlaintext(text), passwordPlace(id, field)) : null],
        ]
      }),
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
  { leaveOnServer }: MailAccountInput,
  before: MailAccount | undefined,
): void {
  if (leaveOnServer && !leavesMail && before?.leaveOnServer !== true) {
    throw badUserInput([{ path: 'leaveOnServer', rule: FieldRule.notAllowed }])
  }
}

/** All columns of an account but its id and passwords. */
const settingsOf = (input: MailAccountInput, server: MailServer) => ({
  ...normaliseAccount(input, server),
  ...{ userId: input.userId, mailServerId: server.id },
})

const isSame = (a: Buffer | null, b: Buffer | null) =>
  a === null || b === null ? a === b : a.equals(b)

/** Secrets are sealed with the row's id, which must therefore be known before the row is. */
async function newId(manager: EntityManager): Promise<string> {
  const rows: { id: string }[] = await manager.query('SELECT uuidv7() AS id')
  return rows[0]?.id ?? crypto.randomUUID()
}

/** Names the field of which the database knows that it cannot be so. */
function refusedByDatabase(error: unknown): never {
  if (violatedConstraint(error) === ACCOUNT_CODE_UNIQUE) {
    throw badUserInput([{ path: 'code', rule: FieldRule.codeInUse }])
  }
  throw error
}
