import { AuditSubject } from '@mailroom/shared'
import type { DataSource } from 'typeorm'
import type { Actor } from '../audit/actor.js'
import type { AuditService } from '../audit/audit.service.js'
import type { FieldChange } from '../audit/field-changes.js'
import { validateInput } from '../graphql/validate-input.js'
import { isUuid } from '../validation/rules.js'
import { IncomingSettings } from './incoming-settings.js'
import type { MailServer } from './mail-server.entity.js'
import { mailServerNotFound, versionNotFound } from './mail-server.errors.js'
import { MailServerInput } from './mail-server.input.js'
import type { MailServerService } from './mail-server.service.js'
import { settingChanges, settingsOf } from './mail-server-record.js'
import { normaliseSettings } from './normalise-settings.js'
import { OutgoingSettings } from './outgoing-settings.js'

/** Earlier settings of mail servers, as the memory of every change has them, and putting them back. */
export class MailServerVersions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
    private readonly mailServers: MailServerService,
  ) {}

  /** What putting a version back would change now, and what that would do besides. */
  async changes(id: string, eventId: string): Promise<FieldChange[]> {
    const current = await this.#current(id)
    const { manager } = this.dataSource
    const version = settingsOf(normaliseSettings(await this.#versionOf(current, eventId)))
    const after = { ...version, id }
    const more = await this.mailServers.consequencesOf([{ before: current, after }])
    return [...(await settingChanges(manager, settingsOf(current), version)), ...more(id)]
  }

  /** Puts a version back as an update does with the same settings, and under the same rules. */
  async restore(by: Actor, id: string, version: number, eventId: string): Promise<MailServer> {
    const settings = await this.#versionOf(await this.#current(id), eventId)
    await validateInput(settings)
    return this.mailServers.update(by, id, version, settings, eventId)
  }

  async #current(id: string): Promise<MailServer> {
    const server = await this.mailServers.find(id)
    if (server === null || server.deletedAt !== null) throw mailServerNotFound()
    return server
  }

  async #versionOf(current: MailServer, eventId: string): Promise<MailServerInput> {
    const snapshot = isUuid(eventId)
      ? await this.audit.snapshot(AuditSubject.MAIL_SERVER, current.id, eventId)
      : undefined
    if (snapshot === undefined) throw versionNotFound()
    return toInput(snapshot, current)
  }
}

/** A setting that the version did not have yet stays as it is; one that is no more is left out. */
function toInput(snapshot: object, current: MailServer): MailServerInput {
  const { outgoing, incoming, ...rest } = settingsOf(current)
  return Object.assign(new MailServerInput(), overlay(rest, snapshot), {
    outgoing: Object.assign(new OutgoingSettings(), overlay(outgoing, part(snapshot, 'outgoing'))),
    incoming: Object.assign(new IncomingSettings(), overlay(incoming, part(snapshot, 'incoming'))),
  })
}

const overlay = (current: object, stored: object): object => {
  const kept = new Map<string, unknown>(Object.entries(stored))
  return Object.fromEntries(
    Object.entries(current).map(([key, value]: [string, unknown]) => [
      key,
      kept.has(key) ? kept.get(key) : value,
    ]),
  )
}

function part(snapshot: object, side: string): object {
  const value = new Map<string, unknown>(Object.entries(snapshot)).get(side)
  return typeof value === 'object' && value !== null ? value : {}
}
