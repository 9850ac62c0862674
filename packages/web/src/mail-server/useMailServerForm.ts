import { computed, reactive } from 'vue'
import type { MailServerDetailsFragment } from '../generated/graphql.js'
import { useEntryForm } from '../ui/useEntryForm.js'
import { checkDraft } from './check-draft.js'
import { newDraft, toDraft, toInput, type MailServerDraft } from './mail-server-draft.js'
import { ALL_FIELDS, fieldId } from './mail-server-fields.js'
import { createMailServer, fetchMailServer, updateMailServer } from './useMailServer.js'

export interface FieldErrorShown {
  readonly path: string
  readonly message: string
}

const PATHS = ALL_FIELDS.map(({ path }) => path)
const CONTROLS = new Map(ALL_FIELDS.map(({ path, field }) => [path, field.control]))

/** The form's draft, what is wrong with it, and saving it. Without `stored` it adds a server. */
export function useMailServerForm(stored?: MailServerDetailsFragment) {
  const first = stored === undefined ? newDraft() : toDraft(stored)
  const draft: MailServerDraft = reactive(structuredClone(first))
  const form = useEntryForm({
    ...{ draft, first, version: stored?.version, fields: PATHS, idOf: fieldId },
    ...{ toDraft, check: checkDraft, compared: toInput },
    valueOf: (each: MailServerDraft, path: string) => CONTROLS.get(path)?.read(each),
    send: (version) =>
      stored === undefined || version === undefined
        ? createMailServer(toInput(draft))
        : updateMailServer(stored.id, version, toInput(draft)),
    async fetchCurrent() {
      const current = stored === undefined ? null : await fetchMailServer(stored.id)
      return current?.deletedAt === null ? current : null
    },
  })
  const errors = computed<readonly FieldErrorShown[]>(() =>
    PATHS.flatMap((path) => {
      const message = form.errors.value[path]
      return message === undefined ? [] : [{ path, message }]
    }),
  )
  return { ...form, draft, errors }
}
