import { EncryptionMode } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import { newDraft } from './mail-server-draft.js'
import { ALL_FIELDS } from './mail-server-fields.js'
import { differences, likelyChoice, settle } from './settle-conflict.js'

function draft(change: (draft: ReturnType<typeof newDraft>) => void) {
  const made = newDraft()
  change(made)
  return made
}
const pathsOf = (fields: readonly { path: string }[]) => fields.map(({ path }) => path)

describe('two versions of one server', () => {
  it('differ only in what would be kept', () => {
    const mine = draft((d) => (d.outgoing.popBeforeSmtpWaitSeconds = 5))
    expect(differences(mine, newDraft())).toEqual([])
    const other = draft((d) => Object.assign(d, { name: '支社' }))
    expect(pathsOf(differences(other, newDraft()))).toEqual(['name'])
  })

  it('suggest whoever changed a field, and mine where both did', () => {
    const base = newDraft()
    const mine = draft((d) => (d.name = 'mine'))
    const [name, code] = ['name', 'code'].map((path) => ALL_FIELDS.find((f) => f.path === path))
    expect(name && likelyChoice(name, base, mine)).toBe('mine')
    expect(code && likelyChoice(code, base, mine)).toBe('theirs')
  })

  it('are settled field by field: no port follows a choice about encryption', () => {
    const mine = draft((d) => {
      d.outgoing.encryption = EncryptionMode.NONE
      d.outgoing.port = '25'
    })
    const theirs = draft((d) => (d.outgoing.port = '2465'))
    const keep = differences(mine, theirs).filter(({ path }) => path === 'outgoing.encryption')
    const settled = settle(mine, theirs, keep)
    expect(settled.outgoing).toMatchObject({ encryption: EncryptionMode.NONE, port: '2465' })
  })
})
