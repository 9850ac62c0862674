import { DiagnosisProblem, RunState } from '@mailroom/shared'
import type { MailAccountRowFragment } from '../generated/graphql.js'

type Receiving = Pick<MailAccountRowFragment, 'enabled' | 'receiving'>

/** They say nothing of whether receiving works, or are told apart from it. */
const NO_TROUBLE: ReadonlySet<string> = new Set([
  DiagnosisProblem.CANCELLED,
  DiagnosisProblem.MAIL_ACCOUNT_DISABLED,
  DiagnosisProblem.MAIL_SERVER_DELETED,
  DiagnosisProblem.USER_DEACTIVATED,
])

/** Why an account's mail is not received; undefined where it is, or is not meant to be. */
export function receivingTrouble({ enabled, receiving }: Receiving) {
  if (!enabled || receiving === null) return undefined
  const { pausedAt, problem, lastRun } = receiving
  if (pausedAt !== null) return { problem: problem ?? '', isPaused: true }
  // What did not work beside receiving is told on the account's page.
  const isTold = problem === null || NO_TROUBLE.has(problem) || lastRun?.state === RunState.DONE
  return isTold ? undefined : { problem, isPaused: false }
}
