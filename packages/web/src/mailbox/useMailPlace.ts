import { useMediaQuery } from '@vueuse/core'
import type { MessageFolder } from '@mailroom/shared'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { addressOf, placeOf, type MailPlace } from './mail-place.js'

/** Where the mail screen is, and how it gets elsewhere. */
export function useMailPlace() {
  const route = useRoute()
  const router = useRouter()
  /** List and message stand beside each other. */
  const isWide = useMediaQuery('(min-width: 64rem)')
  // Leaving the page changes the address too, before the page is gone.
  const place = computed<MailPlace>((before) =>
    route.meta.stays === 'mail' || before === undefined
      ? placeOf(route.params, route.query)
      : before,
  )
  const at = (changes: Partial<MailPlace>) => addressOf({ ...place.value, ...changes })

  /** Of messages read one after the other, "back" goes to the list and not through all of them. */
  function open(messageId: string): void {
    const isNext = place.value.messageId !== '' && messageId !== ''
    void (isNext ? router.replace(at({ messageId })) : router.push(at({ messageId })))
  }
  function goTo(accountId: string, folder: MessageFolder): void {
    void router.push(at({ accountId, folder, messageId: '', search: '', unreadOnly: false }))
  }
  function narrow(changes: Partial<MailPlace>): void {
    void router.replace(at({ messageId: isWide.value ? place.value.messageId : '', ...changes }))
  }
  return { place, isWide, at, open, goTo, narrow, router }
}
