import { ErrorCode } from '@mailroom/shared'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { MailServerRowFragment } from '../generated/graphql.js'
import { useText } from '../i18n/useText.js'
import { problemText, readProblem } from '../ui/error-message.js'
import { useAnnouncer } from '../ui/useAnnouncer.js'
import { mergeOrder, moveTo, movesBetween } from './reorder.js'
import { fetchMailServers, reorderMailServers } from './useMailServers.js'

/** An order being made: moves, a row held by the keyboard, and what others change meanwhile. */
export function useReorder(servers: Readonly<Ref<readonly MailServerRowFragment[]>>) {
  const { t, number } = useText()
  const { announce } = useAnnouncer()
  /** The order that the moves began from. */
  const base = shallowRef<readonly MailServerRowFragment[]>([])
  const ids = shallowRef<readonly string[]>([])
  const held = shallowRef<{ readonly id: string; readonly order: readonly string[] }>()
  const isSaving = ref(false)
  const failure = ref('')

  const baseIds = computed(() => base.value.map(({ id }) => id))
  const byId = computed(
    () => new Map([...base.value, ...servers.value].map((server) => [server.id, server])),
  )
  const rows = computed(() => ids.value.flatMap((id) => byId.value.get(id) ?? []))
  const moves = computed(() => movesBetween(baseIds.value, ids.value))
  const isDirty = computed(() => ids.value.some((id, index) => id !== baseIds.value[index]))
  const currentIds = computed(() => servers.value.map(({ id }) => id))
  /** What somebody else changed since; undefined while nothing did. */
  const foreignChange = computed(() => {
    const [was, is] = [baseIds.value, currentIds.value]
    if (was.length === is.length && was.every((id, index) => id === is[index])) return undefined
    const had = new Set(was)
    const added = servers.value.filter(({ id }) => !had.has(id)).map(({ name }) => name)
    const there = new Set(is)
    const removed = base.value.filter(({ id }) => !there.has(id)).map(({ name }) => name)
    return { added, removed, hasMoves: movesBetween(was, is).length > 0 }
  })

  function takeTheirs(): void {
    base.value = servers.value
    ids.value = currentIds.value
    held.value = undefined
    failure.value = ''
  }
  function keepMine(): void {
    const merged = mergeOrder(ids.value, currentIds.value)
    base.value = servers.value
    ids.value = merged
    failure.value = ''
  }

  watch(
    servers,
    () => {
      // Nobody's work is lost by showing the newest order, as long as nothing was moved.
      if (!isDirty.value && held.value === undefined) takeTheirs()
    },
    { immediate: true },
  )

  const nameOf = (id: string) => byId.value.get(id)?.name ?? ''
  const words = (id: string) => ({
    name: nameOf(id),
    position: number(ids.value.indexOf(id) + 1),
    total: number(ids.value.length),
  })

  function move(id: string, index: number): void {
    ids.value = moveTo(ids.value, id, index)
    announce(t('reorder.announceMoved', words(id)))
  }
  const moveBy = (id: string, step: number) => move(id, ids.value.indexOf(id) + step)

  function grab(id: string): void {
    held.value = { id, order: ids.value }
    announce(t('reorder.announceGrabbed', words(id)))
  }
  function drop(): void {
    const id = held.value?.id
    held.value = undefined
    if (id !== undefined) announce(t('reorder.announceDropped', words(id)))
  }
  function putBack(): void {
    if (held.value === undefined) return
    const { id, order } = held.value
    ids.value = mergeOrder(order, ids.value)
    held.value = undefined
    announce(t('reorder.announceCancelled', words(id)))
  }
  function reset(): void {
    held.value = undefined
    takeTheirs()
  }

  /** Whether the order is saved now. A refusal because of somebody else shows their list instead. */
  async function save(): Promise<boolean> {
    if (foreignChange.value !== undefined) return false
    isSaving.value = true
    failure.value = ''
    try {
      await reorderMailServers(ids.value)
      base.value = rows.value
      return true
    } catch (error) {
      const problem = readProblem(error)
      if (problem.code === ErrorCode.CONFLICT) await fetchMailServers().catch(() => undefined)
      if (foreignChange.value === undefined) failure.value = problemText(problem, t)
      return false
    } finally {
      isSaving.value = false
    }
  }

  return {
    rows,
    ids,
    moves,
    isDirty,
    held,
    foreignChange,
    isSaving,
    failure,
    nameOf,
    move,
    moveBy,
    grab,
    drop,
    putBack,
    reset,
    takeTheirs,
    keepMine,
    save,
  }
}
export type Reorder = ReturnType<typeof useReorder>
