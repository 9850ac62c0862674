import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { apolloClient, onReconnected } from '../apollo.js'
import {
  AccountReceivingDocument,
  CancelReceivingDocument,
  type AccountReceivingQuery,
  type RunFactsFragment,
} from '../generated/graphql.js'
import { isOver } from './run-words.js'
import { followRun, startReceiving } from './receive-run.js'

const RUNS_SHOWN = 5
/** After the time of an automatic receiving, until it is likely to have begun. */
const GRACE_MS = 5_000
const LOOK_AGAIN_MIN_MS = 30_000
/** How often a receiving is looked at that cannot be followed. */
const UNFOLLOWED_MS = 5_000
/** A timer of more than 24 days would go off at once. */
const TIMER_MAX_MS = 86_400_000

type Standing = NonNullable<NonNullable<AccountReceivingQuery['mailAccount']>['receiving']>

/** How receiving stands with an account, live while it is received. */
export function useReceiving(accountId: () => string) {
  const standing = shallowRef<Standing>()
  const found = shallowRef<AccountReceivingQuery>()
  const runUnderWay = shallowRef<RunFactsFragment>()
  const error = shallowRef<unknown>()
  const isStarting = ref(false)
  const isCancelling = ref(false)
  /** A receiving whose progress the API has stopped telling before it was over. */
  let unfollowed: string | undefined
  let asked = 0
  let isGone = false
  let stopFollowing: () => void = () => {}
  let lookAgain: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const turn = ++asked
    try {
      const { data } = await apolloClient.query({
        query: AccountReceivingDocument,
        variables: { id: accountId(), runs: RUNS_SHOWN },
        fetchPolicy: 'no-cache',
      })
      if (turn !== asked || isGone) return
      found.value = data
      standing.value = data.mailAccount?.receiving ?? undefined
      error.value = undefined
      follow(data.receiveRuns.find((run) => !isOver(run)))
      lookAgainLater()
    } catch (failure) {
      if (turn !== asked) return
      error.value = failure
      runUnderWay.value = undefined
    }
  }

  function follow(run: RunFactsFragment | undefined): void {
    if (run !== undefined && run.id === runUnderWay.value?.id) return
    stopFollowing()
    isCancelling.value = false
    runUnderWay.value = run
    if (run === undefined) return
    stopFollowing = followRun(run.id, {
      next: (now) => (runUnderWay.value = now),
      over: () => {
        unfollowed = runUnderWay.value && !isOver(runUnderWay.value) ? run.id : undefined
        void load()
      },
    })
  }

  /** For what begins by itself, and for what cannot be followed. */
  function lookAgainLater(): void {
    clearTimeout(lookAgain)
    const next = standing.value?.nextAt
    const run = runUnderWay.value
    if (run !== undefined && run.id === unfollowed) {
      lookAgain = setTimeout(() => void load(), UNFOLLOWED_MS)
    } else if (run === undefined && next !== undefined && next !== null) {
      const wait = Math.max(Date.parse(next) - Date.now() + GRACE_MS, LOOK_AGAIN_MIN_MS)
      lookAgain = setTimeout(() => void load(), Math.min(wait, TIMER_MAX_MS))
    }
  }

  /** Throws what the API refuses. */
  async function receive(): Promise<void> {
    isStarting.value = true
    try {
      const run = await startReceiving(accountId())
      if (isOver(run)) await load()
      else follow(run)
    } finally {
      isStarting.value = false
    }
  }

  /** Throws what the API refuses. What has been received stays. */
  async function cancel(): Promise<void> {
    const run = runUnderWay.value
    if (run === undefined) return
    isCancelling.value = true
    try {
      const variables = { runId: run.id }
      await apolloClient.mutate({ mutation: CancelReceivingDocument, variables })
    } catch (failure) {
      isCancelling.value = false
      throw failure
    }
  }

  const stopListening = onReconnected(() => void load())
  onScopeDispose(() => {
    isGone = true
    clearTimeout(lookAgain)
    stopListening()
    stopFollowing()
  })

  const runs = computed(() => found.value?.receiveRuns.filter(isOver) ?? [])
  return {
    ...{ standing, runs, run: runUnderWay, error, isStarting, isCancelling },
    unreceived: computed(() => found.value?.unreceivedMessages ?? []),
    unparsed: computed(() => found.value?.unparsedMessages ?? []),
    ...{ load, receive, cancel },
  }
}
