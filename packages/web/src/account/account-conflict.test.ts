import { expect, it } from 'vitest'
import { accountConflictRows, settleAccount } from './account-conflict.js'
import { Leaving, newAccountDraft, toAccountInput, type AccountDraft } from './account-draft.js'

const draft = (changes: Partial<AccountDraft> = {}): AccountDraft => ({
  ...newAccountDraft(null, null, true),
  ...{ code: 'taro', email: 'taro@example.com', incomingUsername: 'taro' },
  ...changes,
})
const t = (key: string) => key

it('shows where two versions of an account differ, and who likely wants which', () => {
  const base = draft()
  const mine = draft({ code: 'mine', isEnabled: false })
  const theirs = draft({ code: 'theirs', incomingUsername: 'other' })
  const rows = accountConflictRows(base, mine, theirs, t)
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
  expect(accountConflictRows(draft(), mine, mine, t)).toEqual([])
})

it('has one choice of what becomes of mail on the server, its days included', () => {
  const mine = draft({ leaving: Leaving.AFTER, deleteAfterDays: '7' })
  const theirs = draft({ leaving: Leaving.AFTER, deleteAfterDays: '90' })
  expect(accountConflictRows(draft(), mine, theirs, t).map(({ path }) => path)).toEqual([
    'leaveOnServer',
  ])
  const settled = settleAccount(mine, draft(), ['leaveOnServer'])
  expect(toAccountInput(settled)).toMatchObject({ leaveOnServer: true, deleteAfterDays: 7 })
})
