import { expect, it } from 'vitest'
import type { UserRowFragment } from '../generated/graphql.js'
import { findUsers, sortUsers } from './find-users.js'

const user = (loginName: string, displayName: string, deactivatedAt: string | null = null) =>
  ({
    ...{ id: loginName, loginName, displayName, deactivatedAt },
    ...{ role: 'USER', version: 1, lastSignInAt: null, hasPassword: true, isLinkedByOidc: false },
  }) satisfies UserRowFragment
const USERS = [
  user('hanako', '山田 花子'),
  user('Ｔaro', 'Yamada Taro', '2026-01-01T00:00:00Z'),
  user('jiro', 'ｽｽﾞｷ 次郎'),
]
const names = (users: readonly UserRowFragment[]) => users.map(({ loginName }) => loginName)

it('finds by every word of login name or display name, whatever their width and case', () => {
  expect(names(findUsers(USERS, 'TARO', 'all'))).toEqual(['Ｔaro'])
  expect(names(findUsers(USERS, 'スズキ　jiro', 'all'))).toEqual(['jiro'])
  expect(names(findUsers(USERS, '山田 taro', 'all'))).toEqual([])
})

it('shows those in use, or those that are not', () => {
  expect(names(findUsers(USERS, '', 'active'))).toEqual(['hanako', 'jiro'])
  expect(names(findUsers(USERS, 'yamada', 'inactive'))).toEqual(['Ｔaro'])
})

it('sorts by the name on the screen, numbers as numbers', () => {
  const people = [user('b', 'User 10'), user('a', 'User 9'), user('c', 'User 9')]
  expect(names(sortUsers(people, 'en'))).toEqual(['a', 'c', 'b'])
})
