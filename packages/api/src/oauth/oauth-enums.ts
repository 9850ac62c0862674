import { OAuthFlow, OAuthGrantState, OAuthPreset } from '@mailroom/shared'
import { registerEnumType } from 'type-graphql'

registerEnumType(OAuthPreset, {
  name: 'OAuthPreset',
  description:
    'Whose authorisation server it is. CUSTOM: any other, by the address of its metadata.',
})
registerEnumType(OAuthFlow, {
  name: 'OAuthFlow',
  description:
    'AUTHORIZATION_CODE: each person signs in at the provider (RFC 6749 section 4.1, with PKCE). CLIENT_CREDENTIALS: Mailroom itself does (section 4.4).',
})
registerEnumType(OAuthGrantState, {
  name: 'OAuthGrantState',
  description: 'ENDED: the provider takes it no more, and somebody must grant again.',
})

export { OAuthFlow, OAuthGrantState, OAuthPreset }
