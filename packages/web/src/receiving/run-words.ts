import {
  DiagnosisProblem,
  ParseProblem,
  problemWords,
  RunReason,
  RunState,
  type Language,
} from '@mailroom/shared'
import type { RunFactsFragment } from '../generated/graphql.js'
import type { Translate } from '../i18n/useText.js'

type Figures = Pick<RunFactsFragment, 'stored' | 'alreadyHad' | 'tooLarge' | 'failed'>

/** Whether nothing more will happen in a receiving. */
export function isOver({ state }: Pick<RunFactsFragment, 'state'>): boolean {
  return state === RunState.DONE || state === RunState.FAILED
}

/** Who, or what, began a receiving. Whoever does not learn the name has it from an administrator. */
export function askerOf(
  { reason, isAskedByMe, askedBy }: Pick<RunFactsFragment, 'reason' | 'isAskedByMe' | 'askedBy'>,
  t: Translate,
): string {
  if (reason === RunReason.SCHEDULE) return t('receiving.bySchedule')
  if (isAskedByMe) return t('receiving.askedByMe')
  return askedBy === null
    ? t('receiving.askedByOther')
    : t('receiving.askedByName', { name: askedBy })
}

/** What is going on in a receiving that is not over, on a button. */
export const goingOn = ({ state }: Pick<RunFactsFragment, 'state'>, t: Translate) =>
  t(state === RunState.QUEUED ? 'receiving.waits' : 'receiving.running')

/** How many of the messages found have been dealt with. */
export function handledOf({ stored, alreadyHad, tooLarge, failed }: Figures): number {
  return stored + alreadyHad + tooLarge + failed
}

/** What happened in a receiving, in one sentence. */
export function runSentence(run: RunFactsFragment, t: Translate, language: Language): string {
  const { stored: count } = run
  if (run.problem === DiagnosisProblem.CANCELLED) {
    return count === 0 ? t('receiving.cancelled') : t('receiving.cancelledAfter', { count })
  }
  if (run.state === RunState.FAILED) {
    return t('receiving.failedTitle', { problem: problemWords(run.problem ?? '', language).title })
  }
  const others = othersOf(run, t, language)
  if (count === 0) {
    return others === '' ? t('receiving.nothingNew') : t('receiving.nothingNewWith', { others })
  }
  return others === ''
    ? t('receiving.received', { count })
    : t('receiving.receivedWith', { count, others })
}

function othersOf({ alreadyHad, tooLarge, failed }: Figures, t: Translate, language: Language) {
  const parts = [
    ...(alreadyHad > 0 ? [t('receiving.alreadyHad', { count: alreadyHad })] : []),
    ...(tooLarge > 0 ? [t('receiving.tooLarge', { count: tooLarge })] : []),
    ...(failed > 0 ? [t('receiving.notReceived', { count: failed })] : []),
  ]
  return new Intl.ListFormat(language).format(parts)
}

/** Why a message could not be read. */
export function parseReason(problem: string | null, t: Translate): string {
  const known = Object.values(ParseProblem).find((each) => each === problem)
  return t(`receiving.parse.${known ?? ParseProblem.PARSE_FAILED}`)
}
