import { apolloClient } from '../apollo.js'
import {
  AccountIdsDocument,
  MoveMailAccountsDocument,
  type AccountIdsQuery,
} from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useToasts, type ToastFailure } from '../ui/useToasts.js'

interface Place {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly deletedAt: string | null
}

const IDS_AT_ONCE = 500
/** Moving back has to name each account: of more than so many, that is no longer an "undo". */
export const UNDO_MAX = 5_000

/** The ids of a server's accounts; undefined where they are too many to name. */
async function accountIdsAt(mailServerId: string): Promise<string[] | undefined> {
  const ids: string[] = []
  let after: string | null = null
  do {
    const page = await fetchIds(mailServerId, after)
    ids.push(...page.edges.map(({ node }) => node.id))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    if (after !== null && ids.length >= UNDO_MAX) return undefined
  } while (after !== null)
  return ids
}

async function fetchIds(
  mailServerId: string,
  after: string | null,
): Promise<AccountIdsQuery['mailAccountsPage']> {
  const { data } = await apolloClient.query({
    query: AccountIdsDocument,
    variables: { mailServerId, first: IDS_AT_ONCE, after },
    fetchPolicy: 'no-cache',
  })
  return data.mailAccountsPage
}

async function moveAccounts(
  fromServerId: string,
  toServerId: string,
  accountIds: readonly string[] | undefined,
): Promise<number> {
  const { data } = await apolloClient.mutate({
    mutation: MoveMailAccountsDocument,
    variables: { fromServerId, toServerId, accountIds: accountIds ? [...accountIds] : null },
    fetchPolicy: 'no-cache',
  })
  return data?.moveMailAccounts ?? 0
}

/** Chooses another server for all accounts of one, with what the person is told. */
export function useMove() {
  const { t } = useText()
  const { tell } = useToasts()

  /** Throws where nothing was moved. `changed` is called after the move, and after it was undone. */
  async function move(from: Place, to: Place, changed: () => void): Promise<void> {
    const ids = await accountIdsAt(from.id)
    const count = await moveAccounts(from.id, to.id, ids)
    const nameOf = ({ name, code }: Place) =>
      from.name === to.name ? t('accounts.withCode', { name, code }) : name
    const words = t('move.done', { count, from: nameOf(from), to: nameOf(to) })
    // A deleted server takes no accounts back.
    const canUndo = ids !== undefined && from.deletedAt === null && count > 0
    tell(
      words,
      canUndo
        ? { label: t('common.undo'), run: () => moveBack(from, to, ids, changed) }
        : undefined,
    )
    changed()
  }

  async function moveBack(
    from: Place,
    to: Place,
    ids: readonly string[],
    changed: () => void,
  ): Promise<ToastFailure | undefined> {
    try {
      const count = await moveAccounts(to.id, from.id, ids)
      tell(t('move.undone', { count, name: from.name }))
      changed()
      return undefined
    } catch (error) {
      return { text: `${t('move.undoFailed')} ${problemText(readProblem(error), t)}` }
    }
  }

  return { move }
}
