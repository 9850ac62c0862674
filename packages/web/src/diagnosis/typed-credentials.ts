import type { DiagnosisCredentialsInput } from '../generated/graphql.js'

/** Names and passwords as typed; empty means not given. */
export type TypedCredentials = Readonly<Record<keyof DiagnosisCredentialsInput, string>>

export const NO_CREDENTIALS: TypedCredentials = {
  incomingUsername: '',
  incomingPassword: '',
  outgoingUsername: '',
  outgoingPassword: '',
  oauthGrantId: '',
}

/** What is sent: nothing at all where nothing was given, and no hidden outgoing ones. */
export function toCredentials(
  typed: TypedCredentials,
  needsOutgoing: boolean,
): DiagnosisCredentialsInput | null {
  const incoming = {
    oauthGrantId: typed.oauthGrantId || null,
    incomingUsername: typed.incomingUsername || null,
    incomingPassword: typed.incomingPassword || null,
  }
  const outgoing = {
    outgoingUsername: typed.outgoingUsername || null,
    outgoingPassword: typed.outgoingPassword || null,
  }
  const given = needsOutgoing ? { ...incoming, ...outgoing } : incoming
  return Object.values(given).every((value) => value === null) ? null : given
}
