import { expect, it } from 'vitest'
import { conflictRows } from '../ui/conflict-row.js'
import { ACCOUNT_CONFLICT, settleAccount } from './account-conflict.js'
import { Leaving, newAccountDraft, toAccountInput, type AccountDraft } from './account-draft.js'

const draft = (changes: Partial<AccountDraft> = {}): AccountDraft => ({
  ...newAccountDraft(null, null, true),
  ...{ code: 'taro', email: 'taro@example.com', incomingUsername: 'taro' },
  ...changes,
})
const rowsOf = (base: AccountDraft, mine: AccountDraft, theirs: AccountDraft) =>
  conflictRows(ACCOUNT_CONFLICT, { base, mine, theirs }, (key) => key)

it('shows where two versions of an account differ, and who likely wants which', () => {
  const base = draft()
  const mine = draft({ code: 'mine', isEnabled: false })
  const theirs = draft({ code: 'theirs', incomingUsername: 'other' })
  const rows = rowsOf(base, mine, theirs)
  expect(rows.map(({ path, likely }) => [path, likely])).toEqual([
    ['code', 'mine'],
    ['incomingUsername', 'theirs'],
    ['enabled', 'mine'],
  ])
})

it('keeps what was chosen of both, and the password that was typed', () => {
  const incomingPassword = { isStored: true, mode: 'type', text: 'new' } as const
  const mine = draft({ code: 'mine', isEnabled: false, incomingPassword })
  const settled = settleAccount(mine, draft({ code: 'theirs' }), ['enabled'])
  expect(settled).toMatchObject({ code: 'theirs', isEnabled: false, incomingPassword })
  expect(rowsOf(draft(), mine, mine)).toEqual([])
})

it('has one choice of what becomes of mail on the server, its days included', () => {
  const mine = draft({ leaving: Leaving.AFTER, deleteAfterDays: '7' })
  const theirs = draft({ leaving: Leaving.AFTER, deleteAfterDays: '90' })
  expect(rowsOf(draft(), mine, theirs).map(({ path }) => path)).toEqual(['leaveOnServer'])
  const settled = settleAccount(mine, draft(), ['leaveOnServer'])
  expect(toAccountInput(settled)).toMatchObject({ leaveOnServer: true, deleteAfterDays: 7 })
})
