import type { SendState } from '@mailroom/shared'
import { CircleAlert, CircleCheck, CircleHelp, Clock, Send } from '@lucide/vue'

/** How each state of a sending is drawn. */
export const SENDING_LOOKS = {
  QUEUED: { icon: Clock, tone: 'text-soft', box: 'border-line bg-sunken' },
  SENDING: { icon: Send, tone: 'text-accent', box: 'border-line bg-sunken' },
  SENT: { icon: CircleCheck, tone: 'text-good', box: 'border-line bg-surface' },
  FAILED: { icon: CircleAlert, tone: 'text-danger', box: 'border-danger/50 bg-danger-tint' },
  UNCONFIRMED: { icon: CircleHelp, tone: 'text-caution', box: 'border-caution/40 bg-caution-tint' },
} as const satisfies Record<SendState, object>
