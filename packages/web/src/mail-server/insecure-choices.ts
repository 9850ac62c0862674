import { EncryptionMode, MailProtocol, SmtpAuthMethod } from '@mailroom/shared'
import type { MessageKey } from '../i18n/useText.js'
import type { MailServerDraft } from './mail-server-draft.js'

/** What a choice means where it is not safe, by the path of its field. Nothing is forbidden by it. */
export function insecureChoices({
  outgoing,
  incoming,
}: MailServerDraft): Readonly<Record<string, MessageKey>> {
  const found: Record<string, MessageKey> = {}
  const isClear = outgoing.encryption === EncryptionMode.NONE
  if (isClear) found['outgoing.encryption'] = 'warnings.noEncryption'
  if (incoming.encryption === EncryptionMode.NONE) {
    found['incoming.encryption'] = 'warnings.noEncryption'
  }
  const method = outgoing.authMethod
  if (method === SmtpAuthMethod.CRAM_MD5) found['outgoing.authMethod'] = 'warnings.cramMd5'
  if (method === SmtpAuthMethod.DIGEST_MD5) found['outgoing.authMethod'] = 'warnings.digestMd5'
  const sendsReadable =
    method === SmtpAuthMethod.PLAIN ||
    method === SmtpAuthMethod.LOGIN ||
    method === SmtpAuthMethod.XOAUTH2
  if (isClear && sendsReadable) found['outgoing.authMethod'] = 'warnings.plainWithoutTls'
  if (incoming.protocol === MailProtocol.POP3 && incoming.apop) {
    found['incoming.apop'] = 'warnings.apop'
  }
  return found
}
