import { DiagnosisProblem } from '@mailroom/shared'
import type { Translate } from '../i18n/useText.js'

/** What went wrong and what to do about it, one sentence each; a code of a newer API is worded generally. */
export function problemWords(problem: string, t: Translate): { title: string; advice: string } {
  const known = Object.values(DiagnosisProblem).find((each) => each === problem) ?? 'unknown'
  return { title: t(`problems.${known}.title`), advice: t(`problems.${known}.advice`) }
}
