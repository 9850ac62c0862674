import { reactive } from 'vue'
import type { MailAccountDetailsFragment } from '../generated/graphql.js'
import { useEntryForm } from '../ui/useEntryForm.js'
import { settleAccount } from './account-conflict.js'
import { toAccountDraft, toAccountInput, type AccountDraft } from './account-draft.js'
import { ACCOUNT_PATHS, accountFieldId, fieldValue } from './account-fields.js'
import { checkAccount } from './check-account.js'
import { createAccount, fetchAccount, updateAccount } from './useAccount.js'

/** The form's draft, what is wrong with it, and saving it. Without `stored` it adds an account. */
export function useAccountForm(first: AccountDraft, stored?: MailAccountDetailsFragment) {
  const draft: AccountDraft = reactive({ ...first })
  const form = useEntryForm({
    ...{ draft, first, version: stored?.version, fields: ACCOUNT_PATHS, idOf: accountFieldId },
    ...{ toDraft: toAccountDraft, check: checkAccount, compared: toAccountInput },
    valueOf: fieldValue,
    send: (version) =>
      stored === undefined || version === undefined
        ? createAccount(toAccountInput(draft))
        : updateAccount(stored.id, version, toAccountInput(draft)),
    fetchCurrent: () => (stored === undefined ? Promise.resolve(null) : fetchAccount(stored.id)),
  })

  /** Goes on from their version with what was chosen of both. */
  function settle(keepMine: readonly string[]): void {
    const theirs = form.conflict.value?.theirs
    if (theirs !== undefined) form.adopt(settleAccount(draft, theirs, keepMine))
  }
  return { ...form, draft, settle }
}
export type AccountForm = ReturnType<typeof useAccountForm>
