import { apolloClient } from '../apollo.js'
import {
  DeleteMessagesDocument,
  MarkReadDocument,
  RestoreMessagesDocument,
} from '../generated/mail.js'
import { useText, type MessageKey } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useToasts } from '../ui/useToasts.js'
import { MESSAGES_AT_ONCE_MAX } from '@mailroom/shared'

/** The list that shows at once what is done, and puts back what the API refuses. */
interface ShownList {
  readonly markHere: (ids: readonly string[], read: boolean) => PutBack
  readonly removeHere: (ids: readonly string[]) => PutBack
  readonly refresh: () => void
}
type PutBack = (ids: readonly string[]) => void

/** What was deleted and can still be brought back by the message in sight. */
interface Deletion {
  readonly toastId: number
  readonly ids: readonly string[]
  readonly putBack: () => void
}

/** Marks and deletes messages, one or many. */
export function useMailActions(list: ShownList) {
  const { t } = useText()
  const { toasts, tell, tellProblem, dismiss, act } = useToasts()
  let last: Deletion | undefined
  /** Deletions that are not answered yet. */
  let underWay: Promise<unknown> = Promise.resolve()

  function complain(key: MessageKey, error: unknown): void {
    tellProblem(`${t(key)} ${problemText(readProblem(error), t)}`)
  }

  async function mark(ids: readonly string[], read: boolean): Promise<void> {
    const unmark = list.markHere(ids, read)
    const left = new Set(ids)
    try {
      for (const some of portions(ids)) {
        await apolloClient.mutate({ mutation: MarkReadDocument, variables: { ids: some, read } })
        for (const id of some) left.delete(id)
      }
    } catch (error) {
      unmark([...left])
      complain('mailbox.markFailed', error)
    }
  }

  /** Several in a row are one to be undone. What is on its way out stays, as the answer says. */
  async function removeNow(ids: readonly string[]): Promise<void> {
    const putBack = list.removeHere(ids)
    const left = new Set(ids)
    let failure: unknown
    try {
      for (const some of portions(ids)) {
        const { data } = await apolloClient.mutate({
          mutation: DeleteMessagesDocument,
          variables: { ids: some },
        })
        for (const id of data?.deleteMessages ?? []) left.delete(id)
      }
    } catch (error) {
      failure = error
    }
    putBack([...left])
    const gone = ids.filter((id) => !left.has(id))
    if (gone.length > 0) offerUndo(gone, () => putBack(gone))
    if (failure !== undefined) return complain('mailbox.deleteFailed', failure)
    if (left.size === 0) return
    tellProblem(t('mailbox.notDeleted', { count: left.size }))
    // They may be gone as well: deleted elsewhere.
    list.refresh()
  }

  function offerUndo(ids: readonly string[], putBack: () => void): void {
    const before = toasts.value.some(({ id }) => id === last?.toastId) ? last : undefined
    if (before !== undefined) dismiss(before.toastId)
    const all = [...(before?.ids ?? []), ...ids]
    const putAllBack = () => {
      putBack()
      before?.putBack()
    }
    const toastId = tell(t('mailbox.deleted', { count: all.length }), {
      label: t('common.undo'),
      run: () => restore(all, putAllBack),
    })
    last = { toastId, ids: all, putBack: putAllBack }
  }

  async function restore(ids: readonly string[], putBack: () => void) {
    try {
      for (const some of portions(ids)) {
        await apolloClient.mutate({ mutation: RestoreMessagesDocument, variables: { ids: some } })
      }
    } catch (error) {
      return { text: `${t('mailbox.restoreFailed')} ${problemText(readProblem(error), t)}` }
    }
    putBack()
    list.refresh()
    return undefined
  }

  function remove(ids: readonly string[]): Promise<void> {
    const removal = removeNow(ids)
    underWay = Promise.all([underWay, removal])
    return removal
  }
  /** As the button of the message does, also of a deletion whose message is yet to come. */
  async function undo(): Promise<void> {
    await underWay
    if (last !== undefined) await act(last.toastId)
  }
  return { mark, remove, undo }
}

function portions(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / MESSAGES_AT_ONCE_MAX)
  return Array.from({ length: count }, (_, n) =>
    ids.slice(n * MESSAGES_AT_ONCE_MAX, (n + 1) * MESSAGES_AT_ONCE_MAX),
  )
}
