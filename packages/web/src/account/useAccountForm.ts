import { ErrorCode } from '@mailroom/shared'
import { computed, nextTick, reactive, ref, shallowRef } from 'vue'
import type { MailAccountDetailsFragment } from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem, type RequestProblem } from '../ui/error-message.js'
import { settleAccount } from './account-conflict.js'
import { toAccountDraft, toAccountInput, type AccountDraft } from './account-draft.js'
import { ACCOUNT_PATHS, accountFieldId, fieldValue, type AccountPath } from './account-fields.js'
import { checkAccount } from './check-account.js'
import { createAccount, fetchAccount, updateAccount } from './useAccount.js'

interface Refusal {
  readonly message: string
  /** The value that was refused: the words go away as soon as it changes. */
  readonly value: string
}
interface Conflict {
  readonly theirs: AccountDraft
  readonly version: number
}

/** The form's draft, what is wrong with it, and saving it. Without `stored` it adds an account. */
export function useAccountForm(first: AccountDraft, stored?: MailAccountDetailsFragment) {
  const { t } = useText()
  const draft = reactive({ ...first })
  const base = shallowRef(first)
  const version = ref(stored?.version ?? 0)
  const touched = ref(new Set<AccountPath>())
  const refusals = ref<Partial<Record<AccountPath, Refusal>>>({})
  const hasTriedToSave = ref(false)
  const isSaving = ref(false)
  const isGone = ref(false)
  const failure = ref('')
  const conflict = shallowRef<Conflict>()

  const isDirty = computed(
    () => JSON.stringify(toAccountInput(draft)) !== JSON.stringify(toAccountInput(base.value)),
  )

  const errors = computed<Partial<Record<AccountPath, string>>>(() => {
    const faults = checkAccount(draft)
    return Object.fromEntries(
      ACCOUNT_PATHS.flatMap((path) => {
        const [fault, refusal] = [faults[path], refusals.value[path]]
        if (refusal?.value === fieldValue(draft, path)) return [[path, refusal.message]]
        return fault !== undefined && touched.value.has(path)
          ? [[path, t(fault.key, fault.values)]]
          : []
      }),
    )
  })

  function touch(path: AccountPath): void {
    touched.value.add(path)
  }

  async function focusFirstError(): Promise<void> {
    await nextTick()
    const path = ACCOUNT_PATHS.find((each) => errors.value[each] !== undefined)
    if (path !== undefined) document.getElementById(accountFieldId(path))?.focus()
  }

  /** The saved account; undefined where something has to be mended first. */
  async function save(): Promise<MailAccountDetailsFragment | undefined> {
    hasTriedToSave.value = true
    failure.value = ''
    for (const path of ACCOUNT_PATHS) touch(path)
    if (Object.keys(errors.value).length > 0) {
      await focusFirstError()
      return undefined
    }
    isSaving.value = true
    try {
      const input = toAccountInput(draft)
      const saved =
        stored === undefined
          ? await createAccount(input)
          : await updateAccount(stored.id, version.value, input)
      // As stored: a password that was typed is typed no more.
      base.value = toAccountDraft(saved)
      Object.assign(draft, base.value)
      version.value = saved.version
      return saved
    } catch (error) {
      await explain(readProblem(error))
      return undefined
    } finally {
      isSaving.value = false
    }
  }

  async function explain(problem: RequestProblem): Promise<void> {
    if (problem.code === ErrorCode.BAD_USER_INPUT) {
      refuse(problem.fields)
      await focusFirstError()
    } else if (problem.code === ErrorCode.CONFLICT && stored !== undefined) {
      await showConflict(stored.id, problem)
    } else if (problem.code === ErrorCode.NOT_FOUND) {
      isGone.value = true
    } else {
      failure.value = problemText(problem, t)
    }
  }

  function refuse(fields: RequestProblem['fields']): void {
    refusals.value = Object.fromEntries(
      ACCOUNT_PATHS.flatMap((path) => {
        const message = fields.find((each) => each.path === path)?.message
        return message === undefined ? [] : [[path, { message, value: fieldValue(draft, path) }]]
      }),
    )
    if (Object.keys(refusals.value).length === 0) failure.value = t('errors.BAD_USER_INPUT')
  }

  async function showConflict(id: string, problem: RequestProblem): Promise<void> {
    const current = await fetchAccount(id).catch(() => undefined)
    if (current === undefined) failure.value = problemText(problem, t)
    else if (current === null) isGone.value = true
    else conflict.value = { theirs: toAccountDraft(current), version: current.version }
  }

  /** Goes on from their version with what was chosen of both. */
  function settle(keepMine: readonly string[]): void {
    if (conflict.value === undefined) return
    const { theirs, version: current } = conflict.value
    Object.assign(draft, settleAccount(draft, theirs, keepMine))
    base.value = theirs
    version.value = current
    conflict.value = undefined
  }

  return {
    ...{ draft, base, errors, isDirty, isSaving, isGone, failure, conflict, hasTriedToSave },
    ...{ touch, save, settle },
  }
}
export type AccountForm = ReturnType<typeof useAccountForm>
