import { watchEffect } from 'vue'

const PRODUCT = 'Mailroom'

/** Names the tab after the page, also when the language or the thing shown changes. */
export function usePageTitle(title: () => string): void {
  watchEffect(() => {
    document.title = `${title()} – ${PRODUCT}`
  })
}
