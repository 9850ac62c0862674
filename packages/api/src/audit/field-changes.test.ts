import { expect, it } from 'vitest'
import { fieldChanges } from './field-changes.js'

it('tells each field that differs by its path, as text', () => {
  const before = { code: 'a', outgoing: { port: 25, popBeforeSmtp: false }, note: null }
  const after = { code: 'a', outgoing: { port: 465, popBeforeSmtp: false }, note: 'x' }
  expect(fieldChanges(before, after)).toEqual([
    { field: 'outgoing.port', old: '25', new: '465' },
    { field: 'note', old: null, new: 'x' },
  ])
})

it('tells everything of what is new or gone, and nothing of what had no value', () => {
  expect(fieldChanges(undefined, { name: 'a', tenant: null })).toEqual([
    { field: 'name', old: null, new: 'a' },
  ])
  expect(fieldChanges({ name: 'a' }, undefined)).toEqual([{ field: 'name', old: 'a', new: null }])
})

it('tells of a secret that it changed and nothing of what it is', () => {
  const changes = fieldChanges(
    { clientSecret: Buffer.from('hush') },
    { clientSecret: Buffer.from('hush!') },
    ['clientSecret'],
  )
  expect(changes).toEqual([{ field: 'clientSecret', old: null, new: null, isSecret: true }])
  expect(fieldChanges({ s: Buffer.from('a') }, { s: Buffer.from('a') }, ['s'])).toEqual([])
})
