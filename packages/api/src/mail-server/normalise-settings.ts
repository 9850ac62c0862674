import {
  EncryptionMode,
  IncomingAuthMethod,
  SmtpAuthMethod,
  SmtpCredentials,
  codeKey,
  normaliseHost,
} from '@mailroom/shared'
import { normaliseFingerprint } from '../validation/rules.js'
import type { EndpointSettings } from './endpoint-settings.js'
import type { MailServerSettings } from './mail-server-settings.js'

/**
 * Valid settings in the form in which they are kept: trimmed, hosts normalised, and what a condition
 * hides on the screen set to its neutral value, so that no stale choice comes back to life.
 */
export function normaliseSettings(settings: MailServerSettings) {
  const { code, name, outgoing, incoming, oauthProviderId } = settings
  const authenticates = outgoing.authMethod !== SmtpAuthMethod.NONE
  const usesOAuth =
    outgoing.authMethod === SmtpAuthMethod.XOAUTH2 ||
    incoming.authMethod === IncomingAuthMethod.XOAUTH2
  return {
    code: code.trim(),
    codeKey: codeKey(code),
    name: name.trim(),
    outgoing: {
      ...outgoing,
      host: normaliseHost(outgoing.host),
      credentials: authenticates ? outgoing.credentials : SmtpCredentials.INCOMING,
      popBeforeSmtpWaitSeconds: outgoing.popBeforeSmtp ? outgoing.popBeforeSmtpWaitSeconds : 0,
      ...trust(outgoing),
    },
    incoming: {
      ...incoming,
      host: normaliseHost(incoming.host),
      apop: incoming.authMethod === IncomingAuthMethod.PASSWORD && incoming.apop,
      ...trust(incoming),
    },
    oauthProviderId: usesOAuth ? (oauthProviderId ?? null) : null,
  }
}

/** Whom a side trusts; without encryption there is nobody to trust. */
function trust({ encryption, pinnedCertificate, caCertificate }: EndpointSettings) {
  const isEncrypted = encryption !== EncryptionMode.NONE
  return {
    pinnedCertificate:
      isEncrypted && pinnedCertificate != null ? normaliseFingerprint(pinnedCertificate) : null,
    caCertificate: (isEncrypted && caCertificate?.trim()) || null,
  }
}
