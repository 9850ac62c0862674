import type { AccountWords } from './account.ja.js'

export const words: AccountWords = {
  accounts: {
    title: 'User accounts',
  },
}
