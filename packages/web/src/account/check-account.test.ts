import { expect, it } from 'vitest'
import { Leaving, newAccountDraft, type AccountDraft } from './account-draft.js'
import { checkAccount } from './check-account.js'

function faultsOf(changes: Partial<AccountDraft>): string[] {
  return Object.keys(checkAccount({ ...newAccountDraft(null, null, true), ...changes }))
}

it('asks for all that an account cannot be without', () => {
  expect(faultsOf({})).toEqual(['code', 'email', 'userId', 'mailServerId', 'incomingUsername'])
})

it('takes an address in full-width letters, and no two addresses', () => {
  expect(faultsOf({ email: 'ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ' })).not.toContain('email')
  expect(faultsOf({ email: 'a@example.com, b@example.com' })).toContain('email')
})

it.each([
  ['１４', false],
  ['0', true],
  ['3651', true],
  ['two', true],
  ['', true],
])('finds in "%s" days a fault: %s', (deleteAfterDays, isFault) => {
  const faults = faultsOf({ leaving: Leaving.AFTER, deleteAfterDays })
  expect(faults.includes('deleteAfterDays')).toBe(isFault)
})

it('does not look at days that nobody is asked for', () => {
  expect(faultsOf({ leaving: Leaving.KEEP, deleteAfterDays: '' })).not.toContain('deleteAfterDays')
})
