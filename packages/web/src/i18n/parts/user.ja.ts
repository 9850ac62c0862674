import type { Widened } from '../widened.js'

export const words = {
  users: {
    title: '利用者',
  },
}

export type UserWords = Widened<typeof words>
