import { codeKey, loginNameKey } from '@mailroom/shared'
import type { Grant, Owner } from '../account/many-accounts.service.js'
import type { MailServer } from '../mail-server/mail-server.entity.js'
import { usesOAuth } from '../mail-server/mail-server-option.type.js'

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((each) => [each.id, each]))

/** What the cells of accounts name: people, mail servers, and what people have granted. */
export class AccountLookup {
  /** Deleted ones too: an account keeps the one that it has. */
  readonly servers: ReadonlyMap<string, MailServer>
  readonly owners: ReadonlyMap<string, Owner>
  readonly #grants: ReadonlyMap<string, Grant>
  readonly #serversByCode: ReadonlyMap<string, MailServer>
  readonly #ownersByName: ReadonlyMap<string, Owner>

  constructor(servers: readonly MailServer[], owners: readonly Owner[], grants: readonly Grant[]) {
    this.servers = byId(servers)
    this.owners = byId(owners)
    this.#grants = byId(grants)
    this.#serversByCode = new Map(
      servers.filter((s) => s.deletedAt === null).map((s) => [codeKey(s.code), s]),
    )
    this.#ownersByName = new Map(owners.map((owner) => [owner.loginNameKey, owner]))
  }

  /** By its id. Throws where there is none, which no valid account names. */
  server(id: string): MailServer {
    const server = this.servers.get(id)
    if (server === undefined) throw new Error('an account has a server')
    return server
  }

  /** Of those that are not deleted; the account's own one even so, since it may keep it. */
  serverCalled(code: string, currentId: string | undefined): MailServer | undefined {
    const current = this.servers.get(currentId ?? '')
    const key = codeKey(code)
    return current && codeKey(current.code) === key ? current : this.#serversByCode.get(key)
  }

  ownerCalled(loginName: string): Owner | undefined {
    return this.#ownersByName.get(loginNameKey(loginName))
  }

  /** The grant where it signs in for this person at this server; otherwise null. */
  grantFor(id: string | null, userId: string, server: MailServer): string | null {
    const grant = this.#grants.get(id ?? '')
    const fits = grant?.userId === userId && grant.providerId === server.oauthProviderId
    return fits && usesOAuth(server) ? grant.id : null
  }
}
