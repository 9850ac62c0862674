/** The rules of OAuth 2.0 providers and of what people grant there (RFC 6749). */

/** Whose authorisation server it is: one that we know, or any other by its metadata. */
export const OAuthPreset = { GOOGLE: 'GOOGLE', MICROSOFT: 'MICROSOFT', CUSTOM: 'CUSTOM' } as const
export type OAuthPreset = (typeof OAuthPreset)[keyof typeof OAuthPreset]

/** AUTHORIZATION_CODE: each person signs in (with PKCE). CLIENT_CREDENTIALS: Mailroom itself does. */
export const OAuthFlow = {
  AUTHORIZATION_CODE: 'AUTHORIZATION_CODE',
  CLIENT_CREDENTIALS: 'CLIENT_CREDENTIALS',
} as const
export type OAuthFlow = (typeof OAuthFlow)[keyof typeof OAuthFlow]

/** ENDED: the provider takes the refresh token no more; somebody must grant again. */
export const OAuthGrantState = { ACTIVE: 'ACTIVE', ENDED: 'ENDED' } as const
export type OAuthGrantState = (typeof OAuthGrantState)[keyof typeof OAuthGrantState]

export const OAUTH_URL_MAX_LENGTH = 1_000
export const OAUTH_TENANT_MAX_LENGTH = 100
export const OAUTH_CLIENT_ID_MAX_LENGTH = 500
/** A token that some authorities give as a secret is a signed JWT; passwords are far shorter. */
export const OAUTH_CLIENT_SECRET_MAX_LENGTH = 4_000
export const OAUTH_SCOPES_MAX_LENGTH = 1_000
/** An address's length (RFC 5321 section 4.5.3.1.3). */
export const MAILBOX_MAX_LENGTH = 254
export const OAUTH_PROVIDERS_MAX = 100
/** Where a provider sends people back to, below Mailroom's own address. */
export const OAUTH_CALLBACK_PATH = '/oauth/callback'
/** The BroadcastChannel by which the callback's page tells the console that somebody has granted. */
export const OAUTH_CHANNEL = 'mailroom-oauth'
/** A tenant of Microsoft Entra ID: its id, its domain, or one of the words for several tenants. */
export const OAUTH_TENANT_PATTERN = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i
/** Which tenants there are for an application that any company's accounts may use. */
export const OAUTH_TENANT_ANY = 'organizations'

/** What an authorisation needs to be asked for, so that mail can be sent and received. */
const USUAL_SCOPES: Record<OAuthPreset, Record<OAuthFlow, string>> = {
  GOOGLE: { AUTHORIZATION_CODE: 'https://mail.google.com/', CLIENT_CREDENTIALS: '' },
  MICROSOFT: {
    AUTHORIZATION_CODE: [
      'https://outlook.office.com/SMTP.Send',
      'https://outlook.office.com/IMAP.AccessAsUser.All',
      'https://outlook.office.com/POP.AccessAsUser.All',
      'offline_access',
    ].join(' '),
    CLIENT_CREDENTIALS: 'https://outlook.office365.com/.default',
  },
  CUSTOM: { AUTHORIZATION_CODE: 'offline_access', CLIENT_CREDENTIALS: '' },
}

/** The scopes that a provider usually needs for mail; empty where only its administrator knows. */
export function usualScopes(preset: OAuthPreset, flow: OAuthFlow): string {
  return USUAL_SCOPES[preset][flow]
}

/** Google lets an application act by itself only for service accounts, which sign JWTs instead. */
export function offersFlow(preset: OAuthPreset, flow: OAuthFlow): boolean {
  return !(preset === OAuthPreset.GOOGLE && flow === OAuthFlow.CLIENT_CREDENTIALS)
}

const REST = String.raw`(?::\d{1,5})?(?:[/?][^\s#\\]*)?`
const HTTPS = new RegExp(String.raw`^https://(?:[^\s/?#@:\\[\]]+|\[[0-9a-f:.]+\])${REST}$`, 'i')
const ON_LOOPBACK = new RegExp(
  String.raw`^http://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])${REST}$`,
  'i',
)

/** Whether a text is the https address of a provider's metadata; http on this very machine only. */
export function isProviderUrl(text: string): boolean {
  return HTTPS.test(text) || ON_LOOPBACK.test(text)
}
