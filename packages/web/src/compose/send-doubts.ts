import type { Translate } from '../i18n/useText.js'
import type { ComposeDraft } from './compose-draft.js'

/** What seems to be missing in a message that can be sent. */
export function sendDoubts({ subject, files, text }: ComposeDraft, t: Translate): string[] {
  // What the original says of attachments is none of this message's.
  const ownText = text.split(/^(?:>|-{5,})/m)[0] ?? ''
  return [
    ...(subject.trim() === '' ? [t('compose.checkSubject')] : []),
    ...(files.length === 0 && /添付|attach/i.test(ownText) ? [t('compose.checkFiles')] : []),
  ]
}
