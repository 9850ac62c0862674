import { BREAK, Kind, OperationTypeNode, visit, type DocumentNode } from 'graphql'
import type { UserRole } from '@mailroom/shared'
import type { ChangeFeed, ChangeTopic } from '../db/change-feed.js'

/** Root fields whose answer depends on the topics below alone, and on the caller's role. */
const KEPT_FIELDS = new Set([
  'mailServers',
  'deletedMailServerCount',
  'mailServerOptions',
  '__typename',
])
/** What changes when accounts do. */
const ACCOUNT_FIELDS = new Set(['accountCount', 'hasStoredPasswords'])
/** Of all requests and answers kept together. */
export const KEPT_BYTES_MAX = 32 * 1024 * 1024
const KEPT_REQUEST_BYTES_MAX = 8 * 1024

/** What makes an operation's answer void; undefined where it may not be kept at all. */
export function keepableUntil(document: DocumentNode): readonly ChangeTopic[] | undefined {
  const [operation, ...others] = document.definitions.filter(
    (d) => d.kind === Kind.OPERATION_DEFINITION,
  )
  if (
    operation === undefined ||
    others.length > 0 ||
    operation.operation !== OperationTypeNode.QUERY
  )
    return undefined
  const isKeepable = operation.selectionSet.selections.every(
    (s) => s.kind === Kind.FIELD && KEPT_FIELDS.has(s.name.value),
  )
  if (!isKeepable) return undefined
  return selects(document, ACCOUNT_FIELDS) ? ['mail-server', 'mail-account'] : ['mail-server']
}

/** Whether one of the fields is selected anywhere, fragments included. */
function selects(document: DocumentNode, names: ReadonlySet<string>): boolean {
  let isSelected = false
  visit(document, {
    Field({ name }) {
      isSelected = names.has(name.value)
      return isSelected ? BREAK : undefined
    },
  })
  return isSelected
}

interface Kept {
  readonly answer: Buffer
  readonly until: readonly ChangeTopic[]
}

/**
 * Whole answers of the most-read queries, kept in the process until the change feed says that what
 * is in them changed, so that reading the dropdown touches neither database nor GraphQL. Keyed by role
 * and the request's very bytes: what was once checked and answered is the same request again.
 */
export class KeptAnswers {
  readonly #answers = new Map<string, Kept>()
  #bytes = 0
  #generation = 0

  constructor(private readonly changes: ChangeFeed) {
    for (const topic of ['mail-server', 'mail-account'] as const) {
      changes.on(topic, () => {
        this.#generation += 1
        this.#drop(topic)
      })
    }
  }

  /** Grows with each change: an answer belongs to the generation in which its reading began. */
  get generation(): number {
    return this.#generation
  }

  find(role: UserRole, request: string): Buffer | undefined {
    return this.changes.isLive ? this.#answers.get(key(role, request))?.answer : undefined
  }

  /** Keeps an answer unless something changed since its reading began. */
  keep(role: UserRole, request: string, { answer, until }: Kept, generation: number): void {
    if (!this.changes.isLive || generation !== this.#generation) return
    if (request.length > KEPT_REQUEST_BYTES_MAX || answer.length > KEPT_BYTES_MAX / 4) return
    const name = key(role, request)
    // Two that asked at the same time both come to keep it.
    this.#forget(name)
    const size = sizeOf(name, answer)
    if (this.#bytes + size > KEPT_BYTES_MAX) this.#clear()
    this.#answers.set(name, { answer, until })
    this.#bytes += size
  }

  #drop(topic: ChangeTopic): void {
    for (const [name, { until }] of this.#answers) {
      if (until.includes(topic)) this.#forget(name)
    }
  }

  #forget(name: string): void {
    const kept = this.#answers.get(name)
    if (kept === undefined) return
    this.#answers.delete(name)
    this.#bytes -= sizeOf(name, kept.answer)
  }

  #clear(): void {
    this.#answers.clear()
    this.#bytes = 0
  }
}

const sizeOf = (name: string, answer: Buffer) => name.length + answer.length

const key = (role: UserRole, request: string) => `${role}\n${request}`
