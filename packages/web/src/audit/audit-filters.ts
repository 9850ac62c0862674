import { ActorKind, AuditAction, AuditSubject } from '@mailroom/shared'
import type { LocationQuery } from 'vue-router'
import type { AuditEventsQueryVariables } from '../generated/graphql.js'

/** What the log is narrowed to, as it stands in the address; empty: not narrowed. */
export interface AuditFilters {
  readonly search: string
  readonly subject: AuditSubject | ''
  readonly subjectId: string
  readonly action: AuditAction | ''
  readonly actorKind: ActorKind | ''
  readonly actorId: string
  /** Days as the browser's date field has them, such as 2026-11-28; both are within. */
  readonly from: string
  readonly to: string
}

export const NO_FILTERS: AuditFilters = {
  search: '',
  subject: '',
  subjectId: '',
  action: '',
  actorKind: '',
  actorId: '',
  from: '',
  to: '',
}

/** The names in the address. */
const QUERY_NAMES: Record<keyof AuditFilters, string> = {
  search: 'q',
  subject: 'subject',
  subjectId: 'id',
  action: 'action',
  actorKind: 'who',
  actorId: 'by',
  from: 'from',
  to: 'to',
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads the address; what makes no sense there narrows nothing. */
export function readFilters(query: LocationQuery): AuditFilters {
  const text = (name: keyof AuditFilters) => {
    const value = query[QUERY_NAMES[name]]
    return typeof value === 'string' ? value : ''
  }
  const matching = (name: keyof AuditFilters, pattern: RegExp) =>
    pattern.test(text(name)) ? text(name) : ''
  const oneOf = <T extends string>(name: keyof AuditFilters, values: Record<string, T>) =>
    Object.values(values).find((value) => value === text(name)) ?? ''
  return {
    search: text('search'),
    subject: oneOf('subject', AuditSubject),
    subjectId: matching('subjectId', UUID),
    action: oneOf('action', AuditAction),
    actorKind: oneOf('actorKind', ActorKind),
    actorId: matching('actorId', UUID),
    from: isDay(text('from')) ? text('from') : '',
    to: isDay(text('to')) ? text('to') : '',
  }
}

/** The address's part for these filters. */
export function toQuery(filters: AuditFilters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== '')
      .map(([name, value]: [string, string]) => [nameInAddress(name), value]),
  )
}

/** What is asked of the API: whole days of the reader's own time zone. */
export function toVariables(filters: AuditFilters): Omit<AuditEventsQueryVariables, 'first'> {
  const orNull = <T extends string>(value: T | '') => (value === '' ? null : value)
  return {
    search: orNull(filters.search.trim()),
    subject: orNull(filters.subject),
    subjectId: orNull(filters.subjectId),
    action: orNull(filters.action),
    actorKind: orNull(filters.actorKind),
    actorId: orNull(filters.actorId),
    from: filters.from === '' ? null : dayStart(filters.from, 0),
    to: filters.to === '' ? null : dayStart(filters.to, 1),
  }
}

function nameInAddress(name: string): string {
  return new Map<string, string>(Object.entries(QUERY_NAMES)).get(name) ?? name
}

const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text))

/** Midnight where the reader is; days differ in length where clocks are put forward. */
function dayStart(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}
