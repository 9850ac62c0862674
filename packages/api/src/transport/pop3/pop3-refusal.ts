import type { DiagnosisProblem } from '@mailroom/shared'
import type { Redact } from '../redact.js'
import { TransportError } from '../transport-error.js'
import type { Pop3Status } from './pop3-parser.js'

/** Response codes that say "later" (RFC 2449 section 8.1 and RFC 3206). */
const TEMPORARY: readonly string[] = ['SYS/TEMP', 'IN-USE', 'LOGIN-DELAY']

/** The server answered -ERR; its response code tells whether and when to try again. */
export class Pop3Refusal extends TransportError {
  override name = 'Pop3Refusal'
  /** Upper-case response code such as "IN-USE"; '' without one. */
  readonly code: string

  constructor(problem: DiagnosisProblem, status: Pop3Status, show: Redact) {
    super(problem, { detail: sayStatus(status, show) })
    this.code = status.code
  }

  get isTemporary(): boolean {
    return isTemporary(this)
  }
}

/** Whether the code says that the same may succeed later. */
export function isTemporary({ code }: { readonly code: string }): boolean {
  return TEMPORARY.includes(code)
}

/** A status line as it is shown. */
export function sayStatus(status: Pop3Status, show: Redact): string {
  return show(`${status.ok ? '+OK' : '-ERR'} ${status.text}`.trimEnd())
}
