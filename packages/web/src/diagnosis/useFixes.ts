import { computed, shallowRef } from 'vue'
import type { MailServerDraft } from '../mail-server/mail-server-draft.js'
import { applySuggestion, type Suggestion } from './apply-suggestion.js'

interface AppliedFix {
  readonly label: string
  readonly undo: () => void
}

/** Suggestions that were applied to a form, undone one by one from the last. */
export function useFixes(draft: MailServerDraft) {
  const applied = shallowRef<readonly AppliedFix[]>([])

  function apply(suggestion: Suggestion): void {
    const undo = applySuggestion(draft, suggestion)
    applied.value = [...applied.value, { label: suggestion.label, undo }]
  }
  function undo(): void {
    applied.value.at(-1)?.undo()
    applied.value = applied.value.slice(0, -1)
  }
  return { last: computed(() => applied.value.at(-1)), apply, undo }
}
export type Fixes = ReturnType<typeof useFixes>
