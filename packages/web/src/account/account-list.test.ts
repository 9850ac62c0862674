import { describe, expect, it } from 'vitest'
import { filtersOf, isFiltered, queryOf } from './account-filters.js'
import { readTrail } from './page-trail.js'
import { repeatedNames, serverLabel } from './server-label.js'

describe('the address of the list', () => {
  it('holds search, filters and page, and gives them back', () => {
    const query = { q: '山田', server: 's', person: 'p', attention: '1', after: 'cursor' }
    expect(queryOf(filtersOf(query))).toEqual(query)
    expect(isFiltered(filtersOf(query))).toBe(true)
  })

  it('is bare where nothing is filtered by, and a page alone is no filter', () => {
    expect(queryOf(filtersOf({}))).toEqual({})
    expect(isFiltered(filtersOf({ after: 'cursor' }))).toBe(false)
    expect(filtersOf({ q: ['a', 'b'], attention: 'yes' })).toMatchObject({
      search: '',
      needsAttention: false,
    })
  })

  it('has the way to its page in the history, where that is one', () => {
    expect(readTrail({ trail: ['', 'a'] })).toEqual(['', 'a'])
    for (const state of [null, {}, { trail: 'a' }, { trail: [1] }]) {
      expect(readTrail(state)).toBeUndefined()
    }
  })
})

describe('the name of a server', () => {
  const server = (id: string, name: string, deletedAt: string | null = null) => ({
    ...{ id, code: id, name, deletedAt },
  })

  it('says that the server is deleted', () => {
    const t = (key: string, values: Record<string, unknown> = {}) =>
      `${key} ${String(values['name'])}`
    expect(serverLabel(server('a', '本社'), t)).toBe('本社')
    expect(serverLabel(server('a', '本社', '2026-07-01'), t)).toBe('accounts.serverDeleted 本社')
  })

  it('needs its code where another server has it too', () => {
    const servers = [server('a', '本社'), server('b', '支社'), server('c', '支社')]
    expect([...repeatedNames(servers)]).toEqual(['支社'])
  })
})
