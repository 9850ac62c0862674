import { CircleEqual, CirclePlus, Pencil, TriangleAlert } from '@lucide/vue'
import type { ImportOutcome } from '../generated/graphql.js'
import type { MessageKey } from '../i18n/useText.js'

interface OutcomeLook {
  readonly icon: typeof Pencil
  readonly tone: string
  readonly words: MessageKey
}

/** How each outcome of a row is shown. */
export const OUTCOME_LOOKS: Readonly<Record<ImportOutcome, OutcomeLook>> = {
  ADD: { icon: CirclePlus, tone: 'text-good', words: 'transfer.outcomeAdd' },
  CHANGE: { icon: Pencil, tone: 'text-accent', words: 'transfer.outcomeChange' },
  SAME: { icon: CircleEqual, tone: 'text-soft', words: 'transfer.outcomeSame' },
  REFUSED: { icon: TriangleAlert, tone: 'text-danger', words: 'transfer.outcomeRefused' },
}
