import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { MessageFolder } from '@mailroom/shared'
import { apolloClient, onReconnected } from '../apollo.js'
import {
  MailboxChangedDocument,
  MailboxesDocument,
  type MailboxRowFragment,
} from '../generated/mail.js'

type List = readonly MailboxRowFragment[]

/** Kept between visits: the folders are there at once. */
const list = shallowRef<List>()
const failure = shallowRef<unknown>()

apolloClient.onClearStore(() => {
  list.value = undefined
  return Promise.resolve()
})

async function load(): Promise<void> {
  try {
    const { data } = await apolloClient.query({
      query: MailboxesDocument,
      fetchPolicy: 'no-cache',
    })
    list.value = data.mailboxes
    failure.value = undefined
  } catch (error) {
    failure.value = error
  }
}

/** Listening to more would cost more than it tells; theirs are read again on each visit. */
const FOLLOWED_MAX = 20

/**
 * The mail of one's own accounts with what is unread, live.
 *
 * @param shownId the account whose mail is shown, which need not be one's own
 * @param changed called when something has changed, or may have, in an account's mail
 */
export function useMailboxes(shownId: () => string, changed: (accountId: string) => void) {
  void load()
  let stops: (() => void)[] = []
  const followed = computed(() => {
    const own = (list.value ?? []).map(({ accountId }) => accountId)
    const ids = shownId() === '' ? own : [shownId(), ...own.filter((id) => id !== shownId())]
    return ids.slice(0, FOLLOWED_MAX).join()
  })
  const follow = () => {
    stop()
    stops = followed.value === '' ? [] : followed.value.split(',').map((id) => listen(id, changed))
  }
  const stop = () => {
    for (const each of stops) each()
  }
  watch(followed, follow, { immediate: true })
  const stopListening = onReconnected(() => {
    follow()
    void load()
    changed(shownId())
  })
  onScopeDispose(() => {
    stop()
    stopListening()
  })
  const unreadOf = (accountId: string, folder: MessageFolder) =>
    list.value
      ?.find((each) => each.accountId === accountId)
      ?.folders.find((each) => each.folder === folder)?.unread ?? 0
  return {
    mailboxes: list,
    error: computed(() => (list.value === undefined ? failure.value : undefined)),
    reload: load,
    unreadOf,
  }
}

/** The first answer tells how it is: a list that was read before it may have missed a change. */
function listen(accountId: string, changed: (accountId: string) => void): () => void {
  const subscription = apolloClient
    .subscribe({
      query: MailboxChangedDocument,
      variables: { accountId },
      fetchPolicy: 'no-cache',
    })
    .subscribe({
      next: ({ data }) => {
        if (!data) return
        const { folders } = data.mailboxChanged
        list.value = list.value?.map((each) =>
          each.accountId === accountId ? { ...each, folders } : each,
        )
        changed(accountId)
      },
      // Lists are read again when the connection is back, and on each visit.
      error: () => {},
    })
  return () => subscription.unsubscribe()
}
