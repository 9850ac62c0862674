import { codeKey } from '@mailroom/shared'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem, type RequestProblem } from '../ui/error-message.js'
import { useToasts, type ToastFailure } from '../ui/useToasts.js'
import { deleteMailServer, fetchMailServers, restoreMailServers } from './useMailServers.js'

interface Deletable {
  readonly id: string
  readonly name: string
}

/** Deleting with undo, and bringing back, with what the person is told. */
export function useDeletion() {
  const { t } = useText()
  const { tell, tellProblem } = useToasts()

  async function remove(server: Deletable): Promise<void> {
    try {
      await deleteMailServer(server.id)
      tell(t('remove.done', { name: server.name }), {
        label: t('common.undo'),
        run: () => restore([server.id], t('details.restored', { name: server.name })),
      })
    } catch (error) {
      const reason = problemText(readProblem(error), t)
      tellProblem(`${t('remove.failed', { name: server.name })} ${reason}`)
    }
  }

  /** Brings back; where that fails, says why and which server stands in the way. */
  async function restore(ids: readonly string[], done: string): Promise<ToastFailure | undefined> {
    try {
      await restoreMailServers(ids)
      tell(done)
      return undefined
    } catch (error) {
      return explain(readProblem(error))
    }
  }

  async function explain(problem: RequestProblem): Promise<ToastFailure> {
    const text = `${t('remove.undoFailed')} ${problemText(problem, t)}`
    const code = problem.mailServerCode
    if (code === undefined) return { text }
    const servers = await fetchMailServers().catch(() => [])
    const holder = servers.find((server) => codeKey(server.code) === codeKey(code))
    if (holder === undefined) return { text }
    const label = t('remove.changeHolder', { name: holder.name })
    return { text, link: { label, to: `/mail-servers/${holder.id}/edit` } }
  }

  return { remove, restore }
}
