import type { DataSource } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import { User } from '../auth/user.entity.js'
import type { AnnouncedTransactions } from '../db/announced.js'
import { readRows } from '../db/read-rows.js'
import { violatedConstraint } from '../db/violated-constraint.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import { OAuthGrant } from '../oauth/oauth-grant.entity.js'
import type { SecretBox } from '../secret/secret-box.js'
import type { AccountReader } from './account-reader.js'
import { ACCOUNT_CODE_UNIQUE, OAUTH_GRANT_FK, USER_FK, type MailAccount } from './account.entity.js'
import { accountsChanged } from './account.errors.js'
import { saveMany, type ManyAccounts } from './save-many-accounts.js'

/** The people that accounts can be of; the key is what login names are compared by. */
export type Owner = Pick<User, 'id' | 'loginName' | 'loginNameKey'>
/** What somebody has granted, and where. */
export type Grant = Pick<OAuthGrant, 'id' | 'userId' | 'providerId'>

/** By who is not among those that were looked at: a new account, or somebody who is gone meanwhile. */
const MAY_BE_MET: ReadonlySet<string> = new Set([ACCOUNT_CODE_UNIQUE, USER_FK, OAUTH_GRANT_FK])

/** Everyone's accounts as whole lists, for those who may see and change them all. */
export class ManyAccountsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: AnnouncedTransactions,
    private readonly secrets: SecretBox,
    private readonly reader: AccountReader,
  ) {}

  /** Those that have one of these codes, compared as codes are. */
  withCodes(codeKeys: readonly string[]): Promise<MailAccount[]> {
    return this.reader.named('code_key', codeKeys)
  }

  /** All of them by code, so many at a time that a long list takes no more memory than a short one. */
  inPieces(): AsyncGenerator<MailAccount[]> {
    return this.reader.inPieces()
  }

  owners(): Promise<Owner[]> {
    const paths = new Set(['id', 'loginName', 'loginNameKey'])
    return readRows(this.dataSource, User, paths, '')
  }

  /** What the owners of these accounts have granted for them. */
  grantsOf(accounts: readonly MailAccount[]): Promise<Grant[]> {
    const ids = accounts.map(({ oauthGrantId }) => oauthGrantId).filter((id) => id !== null)
    const paths = new Set(['id', 'userId', 'providerId'])
    return readRows(this.dataSource, OAuthGrant, paths, 'WHERE id = ANY ($1::uuid[])', [ids])
  }

  /**
   * Adds and changes many at once, all of them or none; what is left out of passwords stays. Throws
   * CONFLICT where an account, its server or a code is no longer what was read.
   *
   * @param servers as they were read, by id: every one that the accounts name
   */
  save(by: Actor, many: ManyAccounts, servers: ReadonlyMap<string, MailServer>): Promise<void> {
    return this.transactions
      .run(async (manager) => {
        const parts = { secrets: this.secrets, reader: this.reader, servers }
        await saveMany(manager, many, parts, (records) => recordAudit(manager, by, ...records))
      })
      .catch((error: unknown) => {
        const constraint = violatedConstraint(error)
        throw constraint !== undefined && MAY_BE_MET.has(constraint) ? accountsChanged() : error
      })
  }
}
