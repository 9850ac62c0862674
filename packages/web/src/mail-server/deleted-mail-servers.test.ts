import { expect, it } from 'vitest'
import { deletedOf, restorableTogether } from './deleted-mail-servers.js'

const server = (id: string, code: string, deletedAt: string | null = null) => ({
  id,
  code,
  name: `name of ${id}`,
  deletedAt,
  accountCount: 0,
})
const JULY = '2026-07-01T00:00:00Z'
const JUNE = '2026-06-01T00:00:00Z'

it('are those with a time of deletion, each with the server that has its code by now', () => {
  const deleted = deletedOf([
    server('live', 'Main'),
    server('a', 'ｍａｉｎ', JULY),
    server('b', 'other', JUNE),
  ])
  expect(deleted.map(({ id, holder }) => [id, holder?.id])).toEqual([
    ['a', 'live'],
    ['b', undefined],
  ])
})

it('come back together where no code would be there twice, the last deleted first', () => {
  const deleted = deletedOf([
    server('live', 'main'),
    server('a', 'MAIN', JULY),
    server('b', 'other', JULY),
    server('c', 'Other', JUNE),
    server('d', 'fourth', JUNE),
  ])
  expect(restorableTogether(deleted).map(({ id }) => id)).toEqual(['b', 'd'])
})
