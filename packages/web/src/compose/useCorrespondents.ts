import { joinRecipient, splitRecipient, type Recipient } from '@mailroom/shared'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { apolloClient } from '../apollo.js'
import { CorrespondentsDocument } from '../generated/mail.js'
import { isSameRecipient, recipientFault } from './recipients.js'

/** Whoever types fast is asked for once. */
const TYPING_PAUSE_MS = 120

interface Typing {
  readonly accountId: () => string
  readonly text: () => string
  readonly chosen: () => readonly string[]
}

/** Whom somebody may mean who types a recipient, of those the account has written with. */
export function useCorrespondents({ accountId, text, chosen }: Typing) {
  const found = shallowRef<readonly Recipient[]>([])
  /** The place of the one that Enter takes; -1 where it takes what is typed. */
  const active = ref(-1)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  /** Whom Enter takes, if anybody. */
  const marked = () => found.value[active.value]

  /** Who is marked stays so. Nobody is in the place of an address that is typed out. */
  function show(people: readonly Recipient[]): void {
    const before = marked()?.address
    found.value = people
    const at = people.findIndex(({ address }) => address === before)
    active.value = recipientFault(text().trim()) === undefined ? -1 : Math.max(at, 0)
    if (people.length === 0) active.value = -1
  }
  function close(): void {
    clearTimeout(timer)
    latest += 1
    show([])
  }
  async function look(search: string): Promise<void> {
    const turn = ++latest
    const people = await fetchPeople(accountId(), search)
    if (turn !== latest) return
    show(people.filter(({ address }) => !chosen().some((one) => isSameRecipient(one, address))))
  }
  function move(by: 1 | -1): void {
    const count = found.value.length
    active.value = (Math.max(active.value, by === 1 ? -1 : 0) + by + count) % count
  }
  watch(text, (typed) => {
    if (typed.trim() === '') return close()
    // What is still to be answered was asked of another text.
    latest += 1
    show(found.value.filter((person) => isMeant(person, typed)))
    clearTimeout(timer)
    timer = setTimeout(() => void look(typed.trim()), TYPING_PAUSE_MS)
  })
  onScopeDispose(close)
  return { found, active, marked, move, close }
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase()
const isMeant = ({ name, address }: Recipient, typed: string) =>
  folded(`${name} ${address}`).includes(folded(typed.trim()))

/** None where they cannot be had: one can write without them. */
async function fetchPeople(accountId: string, search: string): Promise<readonly Recipient[]> {
  try {
    const { data } = await apolloClient.query({
      query: CorrespondentsDocument,
      variables: { accountId, search },
      fetchPolicy: 'no-cache',
    })
    // With the name that the recipient will have, or none.
    return data.correspondents.map(({ name, address }) =>
      splitRecipient(joinRecipient({ name: name ?? '', address })),
    )
  } catch {
    return []
  }
}
