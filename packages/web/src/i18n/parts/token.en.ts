import type { TokenWords } from './token.ja.js'

export const words: TokenWords = {
  tokens: {
    title: 'API tokens',
  },
}
