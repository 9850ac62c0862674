import { FieldRule } from '@mailroom/shared'
import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.js'
import { readUpload } from './read-upload.js'

const isTaken = (file: string) =>
  readUpload(file, [], 1).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.fields?.[0]?.rule === FieldRule.type) return false
      throw error
    },
  )

describe('a file as base64', () => {
  it.each(['QQ==', 'QUI=', 'QUJD', 'QU\r\nJD', ' QQ== \n', 'QQ== ', 'Pz8/', 'Pj4+'])(
    'takes %j',
    async (file) => {
      expect(await isTaken(file)).toBe(true)
    },
  )

  it.each(['%%%', 'QQ=A', 'QQ===', 'QQ= =', 'Q-_A', 'あ'])('refuses %j', async (file) => {
    expect(await isTaken(file)).toBe(false)
  })

  it('refuses a million blanks before a wrong character without trying each way to divide them', async () => {
    expect(await isTaken(`${' '.repeat(1_000_000)}!`)).toBe(false)
  })
})
