import { describe, expect, it } from 'vitest'
import { NO_FILTERS, readFilters, toQuery, toVariables } from './audit-filters.js'

const ID = '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee'

describe('the filters of the log', () => {
  it('stand in the address and come back from it', () => {
    const filters = {
      search: '本社',
      subject: 'MAIL_SERVER',
      subjectId: ID,
      action: 'UPDATE',
      actorKind: 'USER',
      actorId: ID,
      from: '2026-11-01',
      to: '2026-11-28',
    } as const
    expect(readFilters(toQuery(filters))).toEqual(filters)
    expect(toQuery(NO_FILTERS)).toEqual({})
  })

  it('narrow nothing where the address makes no sense', () => {
    const nonsense = {
      subject: 'toString',
      action: 'constructor',
      who: '',
      id: "' OR 1=1",
      by: '1',
      from: '2026-13-45',
      to: 'yesterday',
      q: ['a', 'b'],
    }
    expect(readFilters(nonsense)).toEqual(NO_FILTERS)
  })

  it('mean whole days where the reader is: the last one is within', () => {
    const { from, to } = toVariables({ ...NO_FILTERS, from: '2026-11-28', to: '2026-11-28' })
    expect(from).toBe(new Date(2026, 10, 28).toISOString())
    expect(to).toBe(new Date(2026, 10, 29).toISOString())
    expect(toVariables({ ...NO_FILTERS, to: '2026-12-31' }).to).toBe(
      new Date(2027, 0, 1).toISOString(),
    )
  })
})
