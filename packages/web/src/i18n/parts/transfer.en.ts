import type { TransferWords } from './transfer.ja.js'

export const words: TransferWords = {
  transfer: {
    title: 'Import and export',
  },
}
