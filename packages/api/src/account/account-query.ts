import { containing, folded, foldForSearch } from '../db/search-text.js'
import { RECEIVING_NEEDS_ATTENTION } from './receiving-attention.js'
import type { AccountScope } from './account-scope.js'

/** The two parts of every list: first what somebody has to do something about. */
export const Attention = { NEEDED: 'NEEDED', NOT_NEEDED: 'NOT_NEEDED' } as const
export type Attention = (typeof Attention)[keyof typeof Attention]

/** Which accounts are asked for. */
export interface AccountFilter {
  readonly search?: string | null | undefined
  readonly mailServerId?: string | null | undefined
  readonly userId?: string | null | undefined
  readonly needsAttention?: boolean | null | undefined
}

/** More words than this narrow nothing further. */
const WORDS_MAX = 10

/** The same conditions tell why, in account-reader.ts: its server is gone, or receiving does not work. */
const NEEDS_ATTENTION = `(mail_server_id IN (SELECT id FROM mail_server WHERE deleted_at IS NOT NULL)
  OR id IN (SELECT account_id FROM account_receiving WHERE ${RECEIVING_NEEDS_ATTENTION}))`
const ATTENTION: Readonly<Record<Attention, string>> = {
  NEEDED: NEEDS_ATTENTION,
  NOT_NEEDED: `NOT ${NEEDS_ATTENTION}`,
}

/** Conditions on mail_account and their parameters, as SQL after WHERE. */
export class AccountConditions {
  readonly #conditions: string[] = []
  readonly parameters: unknown[] = []

  constructor({ userId: ownerId }: AccountScope, filter: AccountFilter = {}) {
    const { mailServerId, userId, needsAttention } = filter
    if (ownerId !== undefined) this.add((p) => `user_id = ${p}`, ownerId)
    if (userId != null) this.add((p) => `user_id = ${p}`, userId)
    if (mailServerId != null) this.add((p) => `mail_server_id = ${p}`, mailServerId)
    if (needsAttention != null) {
      this.#conditions.push(ATTENTION[needsAttention ? 'NEEDED' : 'NOT_NEEDED'])
    }
    for (const word of wordsOf(filter.search ?? '')) this.#addWord(word)
  }

  /** @param condition made with the parameter's placeholder */
  add(condition: (placeholder: string) => string, value: unknown): this {
    this.parameters.push(value)
    this.#conditions.push(condition(`$${this.parameters.length}`))
    return this
  }

  addAttention(attention: Attention): this {
    this.#conditions.push(ATTENTION[attention])
    return this
  }

  get where(): string {
    return this.#conditions.length === 0 ? '' : `WHERE ${this.#conditions.join(' AND ')}`
  }

  /** Each word may be of the account, of its owner or of its server. */
  #addWord(word: string): void {
    this.add(
      (p) => `(search_text LIKE ${p}
        OR user_id IN (SELECT id FROM app_user
          WHERE ${folded('login_name')} LIKE ${folded(p)} OR ${folded('display_name')} LIKE ${folded(p)})
        OR mail_server_id IN (SELECT id FROM mail_server
          WHERE code_key LIKE ${p} OR ${folded('name')} LIKE ${folded(p)}))`,
      containing(word),
    )
  }
}

function wordsOf(search: string): string[] {
  return foldForSearch(search).split(/\s+/).filter(Boolean).slice(0, WORDS_MAX)
}
