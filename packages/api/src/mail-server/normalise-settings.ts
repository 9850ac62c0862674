import { SmtpAuthMethod, SmtpCredentials, codeKey, normaliseHost } from '@mailroom/shared'
import { normaliseFingerprint } from '../validation/rules.js'
import type { MailServerSettings } from './mail-server-settings.js'

/**
 * Valid settings in the form in which they are kept: trimmed, hosts normalised, and what a condition
 * hides on the screen set to its neutral value, so that no stale choice comes back to life.
 */
export function normaliseSettings({ code, name, outgoing, incoming }: MailServerSettings) {
  const authenticates = outgoing.authMethod !== SmtpAuthMethod.NONE
  return {
    code: code.trim(),
    codeKey: codeKey(code),
    name: name.trim(),
    outgoing: {
      ...outgoing,
      host: normaliseHost(outgoing.host),
      credentials: authenticates ? outgoing.credentials : SmtpCredentials.INCOMING,
      popBeforeSmtpWaitSeconds: outgoing.popBeforeSmtp ? outgoing.popBeforeSmtpWaitSeconds : 0,
      pinnedCertificate: pinned(outgoing.pinnedCertificate),
    },
    incoming: {
      ...incoming,
      host: normaliseHost(incoming.host),
      pinnedCertificate: pinned(incoming.pinnedCertificate),
    },
  }
}

function pinned(fingerprint: string | null | undefined): string | null {
  return fingerprint == null ? null : normaliseFingerprint(fingerprint)
}
