import { expect, it } from 'vitest'
import { checkUser, toUserDraft, toUserInput } from './user-draft.js'

const NEW = toUserDraft(undefined)

it('asks for names, and for a password where there is no other way in', () => {
  expect(Object.keys(checkUser(NEW, true))).toEqual(['displayName', 'loginName', 'password'])
  const named = { ...NEW, displayName: '花子', loginName: 'hanako' }
  expect(checkUser(named, false)).toEqual({})
  for (const needsPassword of [true, false]) {
    expect(checkUser({ ...named, password: '1234567' }, needsPassword)).toEqual({
      password: { key: 'rules.minLength', values: { limit: 8 } },
    })
    expect(checkUser({ ...named, password: '🔑🔑🔑🔑🔑🔑🔑🔑' }, needsPassword)).toEqual({})
  }
})

it('sends names without the space around them, and no password where none was typed', () => {
  const typed = { ...NEW, displayName: ' 花子 ', loginName: ' hanako ' }
  expect(toUserInput(typed)).toEqual({ displayName: '花子', loginName: 'hanako', role: 'USER' })
  expect(toUserInput({ ...typed, password: ' a b c d ' })).toMatchObject({ password: ' a b c d ' })
})
