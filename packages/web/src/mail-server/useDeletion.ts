import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useToasts } from '../ui/useToasts.js'
import { deleteMailServer, restoreMailServers } from './useMailServers.js'

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
        run: () => void restore([server.id], t('details.restored', { name: server.name })),
      })
    } catch (error) {
      const reason = problemText(readProblem(error), t)
      tellProblem(`${t('remove.failed', { name: server.name })} ${reason}`)
    }
  }

  async function restore(ids: readonly string[], done: string): Promise<void> {
    try {
      await restoreMailServers(ids)
      tell(done)
    } catch (error) {
      tellProblem(`${t('remove.undoFailed')} ${problemText(readProblem(error), t)}`)
    }
  }

  return { remove, restore }
}
