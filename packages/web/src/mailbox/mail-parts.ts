import { withWords } from '../i18n/i18n.js'
import { later } from '../ui/later.js'

/** What the mail screen does not show at first: fetched as soon as the screen is drawn. */
export function mailParts() {
  const reading = later(() =>
    withWords('receiving', withWords('reading', import('./ReadingPane.vue'))),
  )
  const shortcuts = later(() => withWords('reading', import('./ShortcutSheet.vue')))
  void reading.load()
  void shortcuts.load()
  return {
    ...{ Reading: reading.part, hasFailed: reading.hasFailed, loadReading: reading.load },
    Shortcuts: shortcuts.part,
  }
}
