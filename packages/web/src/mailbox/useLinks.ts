import { ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { LinkTarget } from './link-target.js'

/** Opens the links of a message, each after it was seen where it goes. */
export function useLinks() {
  const router = useRouter()
  const pointed = shallowRef<LinkTarget>()
  const asked = shallowRef<LinkTarget>()
  const isAsking = ref(false)

  function follow(target: LinkTarget, isSeen: boolean): void {
    if (target.isMail) {
      void router.push({ path: '/mail/compose', query: { to: target.place } })
    } else if (isSeen && target.doubt === undefined) {
      open(target)
    } else {
      asked.value = target
      isAsking.value = true
    }
  }
  function openAsked(): void {
    isAsking.value = false
    if (asked.value !== undefined) open(asked.value)
  }
  return { pointed, asked, isAsking, follow, openAsked }
}

/** Whoever is opened learns nothing of where from, and cannot turn this page elsewhere. */
function open({ href }: LinkTarget): void {
  window.open(href, '_blank', 'noopener,noreferrer')
}
