/** A secret that is written and never shown: kept as it is, typed anew, or removed. */
export interface SecretDraft {
  readonly isStored: boolean
  readonly mode: 'keep' | 'type' | 'remove'
  readonly text: string
}

export const NEW_SECRET: SecretDraft = { isStored: false, mode: 'type', text: '' }

export function storedSecret(isStored: boolean): SecretDraft {
  return isStored ? { isStored, mode: 'keep', text: '' } : NEW_SECRET
}

/** How a field of the API says it: left out, it stays; null removes it. */
export function secretInput<F extends string>(
  field: F,
  { mode, text }: SecretDraft,
): Partial<Record<F, string | null>> {
  const given: Partial<Record<F, string | null>> = {}
  if (mode === 'remove') given[field] = null
  // Nothing typed is no wish to have none: removing is a choice of its own.
  else if (mode === 'type' && text !== '') given[field] = text
  return given
}
