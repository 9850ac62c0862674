import type { Widened } from '../widened.js'

export const words = {
  settings: {
    title: '全体の設定',
  },
}

export type SettingsWords = Widened<typeof words>
