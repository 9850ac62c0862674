import type { MessageRowFragment } from '../generated/mail.js'
import { dayGroup, type DayGroup } from './mail-dates.js'

type ListItem =
  | { readonly id: string; readonly day: DayGroup }
  | { readonly id: string; readonly message: MessageRowFragment }

const ORDER: readonly DayGroup[] = ['TODAY', 'YESTERDAY', 'THIS_WEEK', 'EARLIER']

/** When a message was written as it says; where it does not, when it was stored. */
export const shownDate = ({ date, storedAt }: Pick<MessageRowFragment, 'date' | 'storedAt'>) =>
  date ?? storedAt

/**
 * Messages with headings of days between them. They are in the order in which they were stored, and
 * what they say of themselves may be out of it: no heading comes twice.
 */
export function listItems(messages: readonly MessageRowFragment[], now: Date): ListItem[] {
  let at = -1
  return messages.flatMap((message): ListItem[] => {
    const day = dayGroup(shownDate(message), now)
    const item = { id: message.id, message }
    if (ORDER.indexOf(day) <= at) return [item]
    at = ORDER.indexOf(day)
    return [{ id: day, day }, item]
  })
}
