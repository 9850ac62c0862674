import type { Widened } from '../widened.js'

export const words = {
  tokens: {
    title: 'APIトークン',
  },
}

export type TokenWords = Widened<typeof words>
