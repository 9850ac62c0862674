import type { Translate } from '../i18n/useText.js'
import type { MailServerDraft } from './mail-server-draft.js'
import type { ChoiceLabel, FieldDescriptor } from './mail-server-fields.js'

/** A choice in the reader's language. */
export function choiceWords(label: ChoiceLabel, t: Translate): string {
  return 'text' in label ? t(label.text) : label.name
}

/** A field's value in words, for details and comparisons. */
export function valueWords(field: FieldDescriptor, draft: MailServerDraft, t: Translate): string {
  const { control } = field
  switch (control.kind) {
    case 'switch':
      return t(control.read(draft) ? 'common.use' : 'common.notUse')
    case 'radio':
    case 'select': {
      const value = control.read(draft)
      const option = control.options(draft).find((each) => each.value === value)
      const words = option === undefined ? value : choiceWords(option.label, t)
      return field.unit === undefined ? words : t('details.withSeconds', { count: Number(value) })
    }
    case 'certificate':
    case 'pem':
      return control.read(draft) || t('common.none')
    case 'text':
    case 'port':
      return control.read(draft)
  }
}
