import { reactive, watch } from 'vue'
import type { UserRowFragment } from '../generated/graphql.js'
import { useEntryForm } from '../ui/useEntryForm.js'
import { checkUser, toUserDraft, toUserInput, USER_FIELDS, type UserDraft } from './user-draft.js'
import { fetchUser, saveUser } from './useUsers.js'

interface UserFormOptions {
  /** Undefined, where somebody is added. */
  readonly stored: () => UserRowFragment | undefined
  /** There is no other way in. */
  readonly needsPassword: boolean
}

/** The id of a field's control, for its label and for focus. */
export const userFieldId = (field: keyof UserDraft) => `user-${field}`

/** The form's draft, what is wrong with it, and saving it. */
export function useUserForm({ stored, needsPassword }: UserFormOptions) {
  const first = toUserDraft(stored())
  const draft: UserDraft = reactive({ ...first })
  const form = useEntryForm({
    ...{ draft, first, version: stored()?.version, fields: USER_FIELDS, idOf: userFieldId },
    ...{ toDraft: toUserDraft, compared: toUserInput },
    valueOf: (each: UserDraft, field: keyof UserDraft) => each[field],
    check: (each: UserDraft) => checkUser(each, needsPassword),
    send: (version) => saveUser(stored()?.id, version, toUserInput(draft)),
    async fetchCurrent() {
      const id = stored()?.id
      return id === undefined ? null : fetchUser(id)
    },
  })
  // Done beside the form, it is a newer version of the same; where somebody else has meanwhile
  // changed what the form would write over, saving stays a conflict.
  watch(stored, (changed) => {
    const isSame = JSON.stringify(toUserDraft(changed)) === JSON.stringify(form.base.value)
    if (isSame) form.version.value = changed?.version
  })
  return { ...form, draft }
}
