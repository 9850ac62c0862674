import { reactive } from 'vue'
import type { OAuthProviderPartsFragment } from '../generated/graphql.js'
import { useEntryForm } from '../ui/useEntryForm.js'
import {
  checkProvider,
  newProviderDraft,
  PROVIDER_FIELDS,
  toProviderDraft,
  toProviderInput,
  type ProviderDraft,
  type ProviderField,
} from './provider-draft.js'
import { fetchProvider, saveProvider } from './useOAuthProviders.js'

/** The id of a field's control, for its label and for focus. */
export const providerFieldId = (field: ProviderField) => `provider-${field}`

/** The form's draft, what is wrong with it, and saving it. Without `stored` it adds a provider. */
export function useProviderForm(stored?: OAuthProviderPartsFragment) {
  const first = stored === undefined ? newProviderDraft() : toProviderDraft(stored)
  const draft: ProviderDraft = reactive({ ...first })
  const form = useEntryForm({
    ...{ draft, first, version: stored?.version, fields: PROVIDER_FIELDS, idOf: providerFieldId },
    ...{ toDraft: toProviderDraft, check: checkProvider, compared: toProviderInput },
    valueOf: (each: ProviderDraft, field: ProviderField) => each[field],
    send: (version) => saveProvider(stored?.id, version, toProviderInput(draft)),
    async fetchCurrent() {
      return stored === undefined ? null : fetchProvider(stored.id)
    },
  })
  return { ...form, draft }
}
