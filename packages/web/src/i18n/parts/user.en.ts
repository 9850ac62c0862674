import type { UserWords } from './user.ja.js'

export const words: UserWords = {
  users: {
    title: 'People',
  },
}
