import { DiagnosisProblem } from '@mailroom/shared'
import type { Translate } from '../i18n/useText.js'

interface Troubled {
  readonly problem: string | null
  readonly mailServer: { readonly name: string }
}

/** One sentence that says why an account needs attention; empty where it does not. */
export function problemReason({ problem, mailServer }: Troubled, t: Translate): string {
  if (problem === null) return ''
  return problem === DiagnosisProblem.MAIL_SERVER_DELETED
    ? t('accounts.problemDeleted', { name: mailServer.name })
    : t('accounts.problemOther', { problem })
}
