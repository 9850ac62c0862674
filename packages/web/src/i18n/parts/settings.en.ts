import type { SettingsWords } from './settings.ja.js'

export const words: SettingsWords = {
  settings: {
    title: 'General settings',
  },
}
