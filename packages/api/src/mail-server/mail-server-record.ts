import { AuditAction, AuditSubject } from '@mailroom/shared'
import { In, type EntityManager } from 'typeorm'
import { fieldChanges, type FieldChange } from '../audit/field-changes.js'
import type { AuditRecord } from '../audit/record-audit.js'
import { OAuthProvider } from '../oauth/oauth-provider.entity.js'
import type { MailServer } from './mail-server.entity.js'
import type { MailServerSettings } from './mail-server-settings.js'

export type Named = Pick<MailServer, 'id' | 'code' | 'name'>

export interface Move {
  readonly code: string
  readonly from: number
  readonly to: number
}

/** Dragging one server to the other end moves all the others by one place. */
const MOVES_KEPT_MAX = 100

export function bareRecord(action: AuditAction, { id, code, name }: Named): AuditRecord {
  return {
    action,
    subject: AuditSubject.MAIL_SERVER,
    subjectId: id,
    subjectName: `${name} (${code})`,
  }
}

/** With all settings as they are now, so that they can be put back; `before` is undefined where it is new. */
export async function recordOf(
  manager: EntityManager,
  action: AuditAction,
  before: MailServer | undefined,
  after: MailServer,
): Promise<AuditRecord> {
  return recordWith(await providerNames(manager, before, after), action, before, after)
}

/** The same with the names of providers at hand, where there are many records to write. */
export function recordWith(
  providers: ProviderNames,
  action: AuditAction,
  before: Settings | undefined,
  after: Settings & Named,
): AuditRecord {
  const settings = settingsOf(after)
  return {
    ...bareRecord(action, after),
    changes: changesWith(providers, before && settingsOf(before), settings),
    snapshot: settings,
  }
}

/** All that an administrator set, without what Mailroom adds. */
export function settingsOf({
  code,
  name,
  outgoing,
  incoming,
  oauthProviderId,
}: Settings): Settings {
  return { code, name, outgoing, incoming, oauthProviderId }
}

type Settings = Pick<MailServerSettings, keyof MailServerSettings>

/** Field by field, the provider by its name: its id says nothing to whoever reads it once it is gone. */
export async function settingChanges(
  manager: EntityManager,
  before: Settings | undefined,
  after: Settings,
): Promise<FieldChange[]> {
  return changesWith(await providerNames(manager, before, after), before, after)
}

/** What the OAuth 2.0 providers of settings are called, by their ids. */
export type ProviderNames = ReadonlyMap<string, string>

export async function providerNames(
  manager: EntityManager,
  ...settings: readonly (Settings | undefined)[]
): Promise<ProviderNames> {
  const ids = new Set(settings.map((each) => each?.oauthProviderId).filter((id) => id != null))
  const providers = ids.size === 0 ? [] : await manager.findBy(OAuthProvider, { id: In([...ids]) })
  return new Map(providers.map(({ id, name }) => [id, name]))
}

function changesWith(
  providers: ProviderNames,
  before: Settings | undefined,
  after: Settings,
): FieldChange[] {
  const withName = (settings: Settings) => ({
    ...settings,
    oauthProviderId: providers.get(settings.oauthProviderId ?? '') ?? settings.oauthProviderId,
  })
  return fieldChanges(before && withName(before), withName(after))
}

/** The farthest first: those are the ones that somebody moved. */
export function recordOfMoves(moves: Move[]): AuditRecord {
  const farthest = moves.toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return {
    action: AuditAction.REORDER,
    subject: AuditSubject.MAIL_SERVER_ORDER,
    subjectName: '',
    changes: farthest
      .slice(0, MOVES_KEPT_MAX)
      .map(({ code, from, to }) => ({ field: code, old: String(from), new: String(to) })),
  }
}
