import { AuditAction, AuditSubject, DiagnosisProblem } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import { recordAudit } from '../audit/record-audit.js'
import { MailServer } from '../mail-server/mail-server.entity.js'
import { OAuthGrant } from '../oauth/oauth-grant.entity.js'
import { SecretUnreadableError, type Plaintext, type SecretBox } from '../secret/secret-box.js'
import { nameOf } from './account-audit.js'
import type { AccountReader } from './account-reader.js'
import type { AccountScope } from './account-scope.js'
import { passwordPlace, type MailAccount, type PasswordField } from './account.entity.js'
import { accountNotFound, passwordUnreadable } from './account.errors.js'

/** Names and passwords as they are stored. Never to be answered, logged or kept. */
export interface StoredCredentials {
  readonly incomingUsername: string
  readonly incomingPassword: Plaintext | undefined
  readonly outgoingUsername: string | null
  readonly outgoingPassword: Plaintext | undefined
  /** Only one that was granted at the server's own provider. */
  readonly oauthGrantId: string | null
}

/** All that it takes to send and receive for an account. */
export interface AccountConnection {
  readonly account: MailAccount
  readonly server: MailServer
  readonly credentials: StoredCredentials
}

/** Why nothing is sent or received for an account. */
export interface NoConnection {
  readonly problem:
    | typeof DiagnosisProblem.MAIL_SERVER_DELETED
    | typeof DiagnosisProblem.MAIL_ACCOUNT_DISABLED
    | typeof DiagnosisProblem.USER_DEACTIVATED
}

/** What an account sends and receives with: its server's settings as they are now, and its passwords. */
export class AccountConnectionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: SecretBox,
    private readonly reader: AccountReader,
  ) {}

  /**
   * Read anew for each use, so that a server that was deleted or changed is used no more, and nothing
   * of an owner who is deactivated. Throws NOT_FOUND outside the scope.
   *
   * @param options.evenDisabled for trying an account out that is not in use
   */
  async connectionOf(
    scope: AccountScope,
    id: string,
    options: { evenDisabled?: boolean } = {},
  ): Promise<AccountConnection | NoConnection> {
    const account = await this.reader.find(scope, id)
    if (account === null) throw accountNotFound()
    if (account.user.deactivatedAt !== null) return { problem: DiagnosisProblem.USER_DEACTIVATED }
    const server = await this.dataSource.manager.findOneByOrFail(MailServer, {
      id: account.mailServerId,
    })
    if (server.deletedAt !== null) return { problem: DiagnosisProblem.MAIL_SERVER_DELETED }
    if (!account.enabled && options.evenDisabled !== true) {
      return { problem: DiagnosisProblem.MAIL_ACCOUNT_DISABLED }
    }
    return { account, server, credentials: await this.#credentialsOf(account, server) }
  }

  /** That somebody had stored credentials used where no mail is sent or received. */
  async recordDiagnosis(by: Actor, account: MailAccount): Promise<void> {
    await recordAudit(this.dataSource.manager, by, {
      action: AuditAction.DIAGNOSE,
      subject: AuditSubject.MAIL_ACCOUNT,
      subjectId: account.id,
      subjectName: nameOf(account),
    })
  }

  async #credentialsOf(account: MailAccount, server: MailServer): Promise<StoredCredentials> {
    const { incomingUsername, outgoingUsername, oauthGrantId } = account
    const grant =
      oauthGrantId === null
        ? null
        : await this.dataSource.manager.findOneBy(OAuthGrant, { id: oauthGrantId })
    // After a move, or a change of the server, it may be of a provider whose tokens are not for here.
    const isOfServer = grant !== null && grant.providerId === server.oauthProviderId
    return {
      incomingUsername,
      incomingPassword: this.#open(account, 'incomingPassword'),
      outgoingUsername,
      outgoingPassword: this.#open(account, 'outgoingPassword'),
      oauthGrantId: isOfServer ? grant.id : null,
    }
  }

  #open(account: MailAccount, field: PasswordField): Plaintext | undefined {
    const sealed = account[field]
    if (sealed === null) return undefined
    try {
      return this.secrets.open(sealed, passwordPlace(account.id, field))
    } catch (error) {
      if (error instanceof SecretUnreadableError) throw passwordUnreadable(nameOf(account), error)
      throw error
    }
  }
}
