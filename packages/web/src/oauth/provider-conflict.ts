import type { MessageKey, Translate } from '../i18n/useText.js'
import { settleFields, type ConflictFields } from '../ui/conflict-row.js'
import { hasOwnScopes, presetName, toProviderInput, type ProviderDraft } from './provider-draft.js'

/** The fields as they are shown and compared: not the secret. */
const LABELS = {
  preset: 'oauth.preset',
  name: 'oauth.name',
  metadataUrl: 'oauth.metadataUrl',
  flow: 'oauth.flow',
  tenant: 'oauth.tenant',
  clientId: 'oauth.clientId',
  scopes: 'oauth.scopes',
} as const satisfies Partial<Record<keyof ProviderDraft, MessageKey>>
type WordedField = keyof typeof LABELS

const FIELDS = Object.keys(LABELS).filter((key): key is WordedField => key in LABELS)

function wordsOf(draft: ProviderDraft, field: WordedField, t: Translate): string {
  if (field === 'preset') return presetName(draft.preset, t)
  if (field === 'flow') return t(`oauth.flow${draft.flow}`)
  return toProviderInput(draft)[field] || t('common.none')
}

/** How a provider is compared and worded, where somebody else saved first. */
export const PROVIDER_CONFLICT: ConflictFields<ProviderDraft, WordedField> = {
  fields: FIELDS,
  // As sent: what a hidden field keeps is no difference.
  valueOf: (draft, field) => toProviderInput(draft)[field],
  labelOf: (field, t) => t(LABELS[field]),
  wordsOf,
}

/** Theirs, with my fields that were chosen and the secret as I have it. */
export function settleProvider(
  mine: ProviderDraft,
  theirs: ProviderDraft,
  keepMine: readonly string[],
): ProviderDraft {
  const { clientSecret, forgetsSecret } = mine
  const settled = { ...settleFields(mine, theirs, keepMine), clientSecret, forgetsSecret }
  return { ...settled, areScopesTyped: hasOwnScopes(settled) }
}
