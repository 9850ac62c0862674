import { describe, expect, it } from 'vitest'
import { dayGroup, listDate } from './mail-dates.js'

const NOW = new Date(2026, 6, 15, 9, 30)
const at = (month: number, day: number, year = 2026) =>
  new Date(year, month - 1, day, 23, 5).toISOString()

describe('the day of a message', () => {
  it('is a heading by the days of the reader', () => {
    expect(dayGroup(at(7, 15), NOW)).toBe('TODAY')
    expect(dayGroup(at(7, 14), NOW)).toBe('YESTERDAY')
    expect(dayGroup(at(7, 9), NOW)).toBe('THIS_WEEK')
    expect(dayGroup(at(7, 8), NOW)).toBe('EARLIER')
    expect(dayGroup(at(7, 16), NOW)).toBe('TODAY')
  })

  it('is as short as it can be, in the reader’s language', () => {
    expect(listDate(at(7, 15), NOW, 'ja')).toBe('23:05')
    expect(listDate(at(7, 8), NOW, 'ja')).toBe('7月8日')
    expect(listDate(at(7, 8), NOW, 'en')).toBe('Jul 8')
    expect(listDate(at(7, 8, 2024), NOW, 'ja')).toBe('2024/7/8')
    expect(listDate(at(7, 8, 2024), NOW, 'en')).toBe('Jul 8, 2024')
  })
})
