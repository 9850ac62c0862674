import { UserRole } from '@mailroom/shared'
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { AuditChange, toAuditChange } from '../audit/audit-change.type.js'
import { Access } from '../auth/access.js'
import type { RequestContext } from '../graphql/request-context.js'
import { MailServer } from './mail-server.entity.js'
import type { MailServerVersions } from './mail-server-versions.service.js'

@Resolver()
export class MailServerVersionsResolver {
  constructor(private readonly versions: MailServerVersions) {}

  @Access(UserRole.ADMIN)
  @Query(() => [AuditChange], {
    name: 'mailServerVersionChanges',
    description:
      'What restoreMailServerVersion would change now, field by field; empty where nothing. Administrators.',
  })
  async changes(
    @Arg('id', () => ID) id: string,
    @Arg('auditEventId', () => ID) eventId: string,
  ): Promise<AuditChange[]> {
    return (await this.versions.changes(id, eventId)).map(toAuditChange)
  }

  @Access(UserRole.ADMIN)
  @Mutation(() => MailServer, {
    name: 'restoreMailServerVersion',
    description:
      'Puts the settings back that a server had after an event of its history (auditEvents with isVersion), as updateMailServer does with the same settings. A deleted server is restored first.',
  })
  restore(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int, { description: 'The one that was read, as for updateMailServer.' })
    version: number,
    @Arg('auditEventId', () => ID, { description: 'The event after which the settings were so.' })
    eventId: string,
    @Ctx() { actor }: RequestContext,
  ): Promise<MailServer> {
    return this.versions.restore(actor, id, version, eventId)
  }
}
