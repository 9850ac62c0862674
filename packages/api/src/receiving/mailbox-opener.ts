import { BYTES_PER_MIB } from '@mailroom/shared'
import type { AccountConnectionService } from '../account/account-connection.service.js'
import { incomingSignIn } from '../connection/account-sign-in.js'
import { mailboxTarget, openReceiver } from '../connection/mailbox-target.js'
import type { TokenSource } from '../oauth/token-source.js'
import type { SettingsService } from '../settings/settings.service.js'
import type { AddressPolicy } from '../transport/address-policy.js'
import type { Receiver } from '../transport/receiver.js'
import type { MailboxPlace } from './mailbox-key.js'
import { ReceiveFailure } from './receive-failure.js'
import type { ReceiveRules } from './receive-mailbox.js'

interface OpenerParts {
  readonly connections: AccountConnectionService
  readonly tokens: TokenSource
  readonly policy: AddressPolicy
  readonly settings: SettingsService
}

/** An account's mailbox as its settings are now; they hold for as long as this is used. */
export interface AccountMailbox {
  readonly place: MailboxPlace
  readonly rules: ReceiveRules
  /** Signs in; each call is a new connection. */
  open(options: { readonly readOnly: boolean; readonly signal: AbortSignal }): Promise<Receiver>
}

/** Opens the mailboxes of accounts. */
export class MailboxOpener {
  constructor(private readonly parts: OpenerParts) {}

  /** Throws ReceiveFailure where nothing is received for the account, and NOT_FOUND where it is gone. */
  async mailboxOf(accountId: string): Promise<AccountMailbox> {
    const connection = await this.parts.connections.connectionOf({ userId: undefined }, accountId)
    if ('problem' in connection) throw new ReceiveFailure(connection.problem)
    const { account, server, credentials } = connection
    const { incoming } = server
    const { messageSizeLimitMib } = await this.parts.settings.current()
    const maxBytes = messageSizeLimitMib * BYTES_PER_MIB
    return {
      place: {
        protocol: incoming.protocol,
        host: incoming.host,
        port: incoming.port,
        username: credentials.incomingUsername,
      },
      rules: {
        leaveOnServer: account.leaveOnServer,
        deleteAfterDays: account.leaveOnServer ? account.deleteAfterDays : null,
        sizeLimitBytes: maxBytes,
      },
      open: async ({ readOnly, signal }) => {
        const signIn = await incomingSignIn(connection, this.parts.tokens, signal)
        const target = mailboxTarget(incoming, signIn, { policy: this.parts.policy })
        return openReceiver(target, { readOnly, maxBytes, signal })
      },
    }
  }
}
