import type { Widened } from '../widened.js'

export const words = {
  accounts: {
    title: 'ユーザーアカウント',
  },
}

export type AccountWords = Widened<typeof words>
