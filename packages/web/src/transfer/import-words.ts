import type { Translate } from '../i18n/useText.js'

interface Counts {
  readonly added: number
  readonly changed: number
}

/** What an import will do, for the button that does it. */
export function importWords(
  { added, changed }: Counts,
  t: Translate,
  number: (n: number) => string,
) {
  if (added > 0 && changed > 0) {
    return t('transfer.importBoth', { added: number(added), changed: number(changed) })
  }
  return changed > 0
    ? t('transfer.importChange', { count: changed })
    : t('transfer.importAdd', { count: added })
}

/** What an import has done. */
export function doneWords({ added, changed }: Counts, t: Translate, number: (n: number) => string) {
  if (added > 0 && changed > 0) {
    return t('transfer.doneBoth', { added: number(added), changed: number(changed) })
  }
  return changed > 0
    ? t('transfer.doneChange', { count: changed })
    : t('transfer.doneAdd', { count: added })
}
