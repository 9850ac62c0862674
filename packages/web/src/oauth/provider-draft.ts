import {
  OAUTH_TENANT_ANY,
  OAuthFlow,
  OAuthPreset,
  isProviderUrl,
  offersFlow,
  usualScopes,
} from '@mailroom/shared'
import type { OAuthProviderInput, OAuthProviderPartsFragment } from '../generated/graphql.js'
import type { Translate } from '../i18n/useText.js'
import type { FieldFault } from '../ui/useFieldErrors.js'

/** What stands in the form of a provider: hidden fields keep what they had. */
export interface ProviderDraft {
  name: string
  preset: OAuthPreset
  metadataUrl: string
  tenant: string
  clientId: string
  /** Empty: the stored one stays. */
  clientSecret: string
  /** The stored one is deleted, unless another was typed. */
  forgetsSecret: boolean
  scopes: string
  /** Typed by hand, so that they no longer follow preset and flow. */
  areScopesTyped: boolean
  flow: OAuthFlow
}
/** In the order in which they stand in the form. */
export const PROVIDER_FIELDS = [
  'preset',
  'name',
  'metadataUrl',
  'flow',
  'tenant',
  'clientId',
  'clientSecret',
  'scopes',
] as const satisfies readonly (keyof ProviderDraft)[]
export type ProviderField = (typeof PROVIDER_FIELDS)[number]

export const PRESET_NAMES = {
  GOOGLE: 'Google',
  MICROSOFT: 'Microsoft 365',
} as const satisfies Partial<Record<OAuthPreset, string>>

export function newProviderDraft(): ProviderDraft {
  const [preset, flow] = [OAuthPreset.GOOGLE, OAuthFlow.AUTHORIZATION_CODE]
  return {
    name: PRESET_NAMES[preset],
    preset,
    metadataUrl: '',
    tenant: '',
    clientId: '',
    clientSecret: '',
    forgetsSecret: false,
    scopes: usualScopes(preset, flow),
    areScopesTyped: false,
    flow,
  }
}

export function toProviderDraft(stored: OAuthProviderPartsFragment): ProviderDraft {
  const { name, preset, metadataUrl, tenant, clientId, scopes, flow } = stored
  return {
    ...{ name, preset, clientId, scopes, flow },
    metadataUrl: metadataUrl ?? '',
    tenant: tenant ?? '',
    clientSecret: '',
    forgetsSecret: false,
    areScopesTyped: hasOwnScopes(stored),
  }
}

/** Whether its scopes are others than those that its preset brings. */
export function hasOwnScopes({
  preset,
  flow,
  scopes,
}: Pick<ProviderDraft, 'preset' | 'flow' | 'scopes'>): boolean {
  return scopes !== usualScopes(preset, flow)
}

export function presetName(preset: OAuthPreset, t: Translate): string {
  return preset === OAuthPreset.CUSTOM ? t('oauth.presetCustom') : PRESET_NAMES[preset]
}

/** Another preset brings its name, its scopes and a flow that it offers, unless somebody typed others. */
export function choosePreset(draft: ProviderDraft, preset: OAuthPreset): void {
  const usualNames: readonly string[] = Object.values(PRESET_NAMES)
  if (draft.name === '' || usualNames.includes(draft.name)) {
    draft.name = preset === OAuthPreset.CUSTOM ? '' : PRESET_NAMES[preset]
  }
  draft.preset = preset
  if (!offersFlow(preset, draft.flow)) draft.flow = OAuthFlow.AUTHORIZATION_CODE
  followScopes(draft)
}

export function chooseFlow(draft: ProviderDraft, flow: OAuthFlow): void {
  draft.flow = flow
  followScopes(draft)
}

function followScopes(draft: ProviderDraft): void {
  if (!draft.areScopesTyped) draft.scopes = usualScopes(draft.preset, draft.flow)
}

/** Takes scopes as typed; emptied ones follow again. */
export function typeScopes(draft: ProviderDraft, text: string): void {
  draft.scopes = text
  draft.areScopesTyped = text.trim() !== ''
}

/** What can be said before the API is asked. */
export function checkProvider(draft: ProviderDraft): Partial<Record<ProviderField, FieldFault>> {
  const required: FieldFault = { key: 'rules.required' }
  const metadataUrl = draft.metadataUrl.trim()
  return {
    ...(draft.name.trim() === '' ? { name: required } : {}),
    ...(draft.clientId.trim() === '' ? { clientId: required } : {}),
    ...(draft.preset !== OAuthPreset.CUSTOM || isProviderUrl(metadataUrl)
      ? {}
      : { metadataUrl: metadataUrl === '' ? required : { key: 'oauth.urlRule' } }),
    ...(needsTenant(draft) && draft.tenant.trim() === '' ? { tenant: required } : {}),
  }
}

/** An application that signs in by itself belongs to one tenant. */
export function needsTenant({ preset, flow }: ProviderDraft): boolean {
  return preset === OAuthPreset.MICROSOFT && flow === OAuthFlow.CLIENT_CREDENTIALS
}

export function toProviderInput(draft: ProviderDraft): OAuthProviderInput {
  const { name, preset, clientId, clientSecret, scopes, flow } = draft
  const isMicrosoft = preset === OAuthPreset.MICROSOFT
  return {
    ...{ name, preset, clientId, scopes, flow },
    metadataUrl: preset === OAuthPreset.CUSTOM ? draft.metadataUrl.trim() : null,
    tenant: isMicrosoft ? draft.tenant.trim() || OAUTH_TENANT_ANY : null,
    ...(clientSecret !== '' ? { clientSecret } : draft.forgetsSecret ? { clientSecret: null } : {}),
  }
}
