import type { MessageKey } from '../i18n/useText.js'
import type { ComposeStart } from './compose-start.js'

/** What the page is called. */
export const TITLES: Readonly<Record<ComposeStart['kind'], MessageKey>> = {
  NEW: 'compose.title',
  REPLY: 'compose.replyTitle',
  FORWARD: 'compose.forwardTitle',
}
