import { Kind, OperationTypeNode, type DocumentNode } from 'graphql'
import type { UserRole } from '@mailroom/shared'
import type { ChangeFeed } from '../db/change-feed.js'

/** Root fields whose answer depends on mail servers alone, and on the caller's role. */
const KEPT_FIELDS = new Set([
  'mailServers',
  'deletedMailServerCount',
  'mailServerOptions',
  '__typename',
])
const KEPT_BYTES_MAX = 32 * 1024 * 1024
const KEPT_REQUEST_BYTES_MAX = 8 * 1024

/** Whether an operation's answer may be kept; only what reads nothing but mail servers. */
export function isKeepable(document: DocumentNode): boolean {
  const [operation, ...others] = document.definitions.filter(
    (d) => d.kind === Kind.OPERATION_DEFINITION,
  )
  if (
    operation === undefined ||
    others.length > 0 ||
    operation.operation !== OperationTypeNode.QUERY
  )
    return false
  return operation.selectionSet.selections.every(
    (s) => s.kind === Kind.FIELD && KEPT_FIELDS.has(s.name.value),
  )
}

/**
 * Whole answers of the most-read queries, kept in the process until the change feed says that mail
 * servers changed, so that reading the dropdown touches neither database nor GraphQL. Keyed by role
 * and the request's very bytes: what was once checked and answered is the same request again.
 */
export class KeptAnswers {
  readonly #answers = new Map<string, Buffer>()
  #bytes = 0
  #generation = 0

  constructor(private readonly changes: ChangeFeed) {
    changes.on('mail-server', () => {
      this.#generation += 1
      this.#clear()
    })
  }

  /** Grows with each change: an answer belongs to the generation in which its reading began. */
  get generation(): number {
    return this.#generation
  }

  find(role: UserRole, request: string): Buffer | undefined {
    return this.changes.isLive ? this.#answers.get(key(role, request)) : undefined
  }

  /** Keeps an answer unless something changed since its reading began. */
  keep(role: UserRole, request: string, answer: Buffer, generation: number): void {
    if (!this.changes.isLive || generation !== this.#generation) return
    if (request.length > KEPT_REQUEST_BYTES_MAX || answer.length > KEPT_BYTES_MAX / 4) return
    if (this.#bytes + answer.length > KEPT_BYTES_MAX) this.#clear()
    this.#answers.set(key(role, request), answer)
    this.#bytes += answer.length + request.length
  }

  #clear(): void {
    this.#answers.clear()
    this.#bytes = 0
  }
}

const key = (role: UserRole, request: string) => `${role}\n${request}`
