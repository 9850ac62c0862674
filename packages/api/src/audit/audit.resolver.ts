import { UserRole } from '@mailroom/shared'
import { GraphQLDateTime } from 'graphql-scalars'
import { Args, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import { Access } from '../auth/access.js'
import { AuditChange, toAuditChange } from './audit-change.type.js'
import { AuditEvent } from './audit-event.entity.js'
import { AuditEventsArgs } from './audit-filter.js'
import { AuditEventConnection } from './audit-page.type.js'
import type { AuditService } from './audit.service.js'

@Resolver(() => AuditEventConnection)
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Access(UserRole.ADMIN)
  @Query(() => AuditEventConnection, {
    name: 'auditEvents',
    description: 'What was done in Mailroom, newest first. Administrators.',
  })
  list(@Args(() => AuditEventsArgs) args: AuditEventsArgs): Promise<AuditEventConnection> {
    return this.audit.list(args)
  }

  @FieldResolver(() => Int, { nullable: true })
  async totalCount(@Root() { filter }: AuditEventConnection): Promise<number | null> {
    return (await this.audit.count(filter)) ?? null
  }
}

@Resolver(() => AuditEvent)
export class AuditEventResolver {
  #asked: AuditEvent[] = []
  #found: Promise<ReadonlySet<string>> | undefined

  constructor(private readonly audit: AuditService) {}

  @FieldResolver(() => [AuditChange], {
    description: 'Field by field; empty where nothing but the action is to tell.',
  })
  changes(@Root() { changes }: AuditEvent): AuditChange[] {
    return changes.map(toAuditChange)
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether all settings as they were after it are kept, so that they can be put back.',
  })
  isVersion(@Root() { snapshot }: AuditEvent): boolean {
    return snapshot !== null
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the version was made that was put back by this change.',
  })
  restoredVersionAt(@Root() { restoredFrom }: AuditEvent): Date | null {
    return restoredFrom === null ? null : timeOf(restoredFrom)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether what it tells of is still there, a deleted mail server too.',
  })
  async subjectExists(@Root() event: AuditEvent): Promise<boolean> {
    this.#asked.push(event)
    return (await (this.#found ??= this.#lookUpAsked())).has(event.id)
  }

  /** Once everybody who asks in this turn has asked: a question for each kind, not for each event. */
  async #lookUpAsked(): Promise<ReadonlySet<string>> {
    await new Promise((resolve) => setImmediate(resolve))
    const asked = this.#asked
    this.#asked = []
    this.#found = undefined
    return this.audit.withSubject(asked)
  }
}

/** The time of a UUID version 7, to the millisecond. */
const timeOf = (id: string) => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))
