/** Every input of the schema that is a secret. A new one is planted below, too. */
export const SECRETS = [
  'Mutation.changePassword.currentPassword',
  'Mutation.changePassword.newPassword',
  'Mutation.setUp.password',
  'Mutation.setUp.token',
  'Mutation.signIn.password',
  'DiagnosisCredentialsInput.incomingPassword',
  'DiagnosisCredentialsInput.outgoingPassword',
  'MailAccountInput.incomingPassword',
  'MailAccountInput.outgoingPassword',
  'OAuthProviderInput.clientSecret',
  'UserInput.password',
] as const
export type SecretInput = (typeof SECRETS)[number]

/** What is called like a secret and is none: names, ids, choices, public certificates; or holds some of the above. */
export const NO_SECRETS = new Set([
  'DiagnosisCredentialsInput.oauthGrantId',
  'MailAccountInput.oauthGrantId',
  'MailServerInput.oauthProviderId',
  'Mutation.diagnoseMailServer.credentials',
  'Subscription.mailServerDiagnosis.credentials',
  'IncomingSettingsInput.authMethod',
  'IncomingSettingsInput.caCertificate',
  'IncomingSettingsInput.pinnedCertificate',
  'MailAccountInput.code',
  'MailServerInput.code',
  'OutgoingSettingsInput.authMethod',
  'OutgoingSettingsInput.caCertificate',
  'OutgoingSettingsInput.credentials',
  'OutgoingSettingsInput.pinnedCertificate',
  'SendMailInput.idempotencyKey',
  'SettingsInput.allowsPrivateNetworks',
])
/** What secrets are called. */
export const LIKE_A_SECRET =
  /pass|pwd|phrase|secret|token|key|code|credential|cookie|auth|bearer|pin(?!g)|private|cert|hash|nonce|verifier|cipher|signature|otp|answer/i
