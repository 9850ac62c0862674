import type { Language } from '@mailroom/shared'

export type DayGroup = 'TODAY' | 'YESTERDAY' | 'THIS_WEEK' | 'EARLIER'

const startOfDay = (date: Date) =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
const DAY_MS = 86_400_000
const DAYS_OF_WEEK = 7

/** Under which heading of a list an instant stands, by the reader's own days. */
export function dayGroup(instant: string, now: Date): DayGroup {
  // Rounded: a day of a change of clocks is an hour shorter or longer.
  const days = Math.round((startOfDay(now) - startOfDay(new Date(instant))) / DAY_MS)
  if (days <= 0) return 'TODAY'
  if (days === 1) return 'YESTERDAY'
  return days < DAYS_OF_WEEK ? 'THIS_WEEK' : 'EARLIER'
}

/** An instant as short as a list needs it: a time today, otherwise a day, with its year if not this one. */
export function listDate(instant: string, now: Date, language: Language): string {
  const date = new Date(instant)
  if (startOfDay(date) === startOfDay(now)) {
    return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(date)
  }
  const isThisYear = date.getFullYear() === now.getFullYear()
  return new Intl.DateTimeFormat(language, {
    ...(isThisYear ? {} : { year: 'numeric' }),
    month: language === 'ja' && !isThisYear ? 'numeric' : 'short',
    day: 'numeric',
  }).format(date)
}
