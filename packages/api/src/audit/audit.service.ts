import type { AuditSubject } from '@mailroom/shared'
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm'
import { readRows } from '../db/read-rows.js'
import { AuditEvent } from './audit-event.entity.js'
import type { AuditEventsArgs, AuditFilter } from './audit-filter.js'
import type { AuditEventConnection } from './audit-page.type.js'
import { indexedCondition, searchCondition } from './audit-query.js'

/** Where what an event names may be looked up; a kind that is not here has no page of its own. */
export type SubjectEntities = Partial<Record<AuditSubject, EntityTarget<ObjectLiteral>>>

/** A search looks at as many events for one page, so that no page takes long, however rare the text. */
const SEARCHED_MAX = 20_000
const COUNTED_MAX = 10_000

/** Reads the memory of every change; it is written by record-audit.ts, and never changed. */
export class AuditService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly subjects: SubjectEntities,
  ) {}

  /**
   * One page, newest first. Events that arrive meanwhile come before the first page and move nothing;
   * one whose change was committed late stands where it was written, so that a page already read may
   * lack it until it is read again.
   */
  async list({ first, after, ...filter }: AuditEventsArgs): Promise<AuditEventConnection> {
    const ids = await this.#idsOf(filter, after, first + 1)
    const events = await this.#read(ids.slice(0, first))
    const endCursor =
      ids.length > first ? events.at(-1)?.id : await this.#endOfSearch(filter, after)
    return {
      edges: events.map((node) => ({ cursor: node.id, node })),
      pageInfo: { hasNextPage: endCursor !== undefined, endCursor: endCursor ?? null },
      filter,
    }
  }

  /** How many there are; undefined where it would take long to know. */
  async count(filter: AuditFilter): Promise<number | undefined> {
    const isSearched = (await this.#endOfSearch(filter, undefined)) === undefined
    if (!isSearched) return undefined
    const ids = await this.#idsOf(filter, undefined, COUNTED_MAX + 1)
    return ids.length > COUNTED_MAX ? undefined : ids.length
  }

  /** The settings of one version of something, as they were recorded; undefined where there is none. */
  async snapshot(
    subject: AuditSubject,
    subjectId: string,
    eventId: string,
  ): Promise<object | undefined> {
    const event = await this.dataSource.manager.findOneBy(AuditEvent, {
      id: eventId,
      subject,
      subjectId,
    })
    return event?.snapshot ?? undefined
  }

  /** Which of the events tell of something that is still there. */
  async withSubject(events: readonly AuditEvent[]): Promise<ReadonlySet<string>> {
    const kinds = [...new Set(events.map(({ subject }) => subject))]
    const found = await Promise.all(
      kinds.map(async (kind) => {
        const entity = this.subjects[kind]
        if (entity === undefined) return []
        const ids = events.flatMap((e) => (e.subject === kind && e.subjectId ? [e.subjectId] : []))
        return readRows(this.dataSource, entity, ONLY_ID, 'WHERE id = ANY ($1::uuid[])', [ids])
      }),
    )
    const there = new Set(found.flat().map((row) => String(row['id'])))
    return new Set(events.flatMap((e) => (there.has(e.subjectId ?? '') ? [e.id] : [])))
  }

  async #idsOf(
    filter: AuditFilter,
    after: string | null | undefined,
    limit: number,
  ): Promise<string[]> {
    const { sql, values } = indexedCondition(filter, after)
    const search = searchCondition(filter, values.length + 1)
    const from =
      search === undefined
        ? `audit_event WHERE ${sql}`
        : `(SELECT * FROM audit_event WHERE ${sql} ORDER BY id DESC LIMIT ${SEARCHED_MAX}) AS event
           WHERE ${search.sql}`
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM ${from} ORDER BY id DESC LIMIT $${values.length + 1}`,
      [...values, limit, ...(search?.values ?? [])],
    )
    return rows.map(({ id }) => id)
  }

  /** The last event that a search has looked at; undefined where there is none behind it. */
  async #endOfSearch(
    filter: AuditFilter,
    after: string | null | undefined,
  ): Promise<string | undefined> {
    if (searchCondition(filter, 0) === undefined) return undefined
    const { sql, values } = indexedCondition(filter, after)
    const [row, isMore] = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM audit_event WHERE ${sql} ORDER BY id DESC OFFSET ${SEARCHED_MAX - 1} LIMIT 2`,
      values,
    )
    return isMore === undefined ? undefined : row?.id
  }

  #read(ids: readonly string[]): Promise<AuditEvent[]> {
    const tail = 'WHERE id = ANY ($1::uuid[]) ORDER BY id DESC'
    return readRows(this.dataSource, AuditEvent, undefined, tail, [ids])
  }
}

const ONLY_ID: ReadonlySet<string> = new Set(['id'])
