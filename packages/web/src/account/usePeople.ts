import { useDebounceFn } from '@vueuse/core'
import { shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  AccountPersonDocument,
  FindPeopleDocument,
  type AccountOwnerFragment,
} from '../generated/graphql.js'

const TYPING_PAUSE_MS = 150
/** More than anybody reads through; typing on narrows it. */
const SHOWN_MAX = 50

/** People by part of a name, the newest search last. Administrators. */
export function usePeople() {
  const people = shallowRef<readonly AccountOwnerFragment[]>([])
  let asked = 0

  async function find(search: string): Promise<void> {
    const turn = ++asked
    const { data } = await apolloClient.query({
      query: FindPeopleDocument,
      variables: { search: search.trim() || null, first: SHOWN_MAX },
      fetchPolicy: 'no-cache',
    })
    if (turn === asked) people.value = data.users
  }
  // What cannot be found just now is said by the empty list; the next letter asks again.
  const findQuietly = (search: string) => void find(search).catch(() => undefined)
  return { people, find: findQuietly, findSoon: useDebounceFn(findQuietly, TYPING_PAUSE_MS) }
}

/** One person; null where there is none. Administrators. */
export async function fetchPerson(id: string): Promise<AccountOwnerFragment | null> {
  const { data } = await apolloClient.query({
    query: AccountPersonDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  return data.user
}
