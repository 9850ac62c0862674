import type { Widened } from '../widened.js'

export const words = {
  transfer: {
    title: '読み込みと書き出し',
  },
}

export type TransferWords = Widened<typeof words>
