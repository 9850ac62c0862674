import { apolloClient } from '../apollo.js'
import { useSession } from '../auth/useSession.js'
import {
  ChangePasswordDocument,
  ProfileDocument,
  StartOidcLinkDocument,
  UnlinkMeDocument,
  UpdateMeDocument,
  type ProfileQuery,
} from '../generated/graphql.js'

/** The person who is signed in, with the ways in. */
export async function fetchProfile(): Promise<ProfileQuery['me']> {
  const { data } = await apolloClient.query({ query: ProfileDocument, fetchPolicy: 'no-cache' })
  return data.me
}

/** Every screen shows the new name at once. */
export async function rename(displayName: string): Promise<void> {
  const variables = { displayName }
  const { data } = await apolloClient.mutate({ mutation: UpdateMeDocument, variables })
  if (data) useSession().resume(data.updateMe)
}

/** The session goes on under a new token, which sockets must be opened with anew. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const variables = { currentPassword, newPassword }
  const { data } = await apolloClient.mutate({ mutation: ChangePasswordDocument, variables })
  if (data) useSession().resume(data.changePassword)
}

/** Goes to the provider, which sends the browser back here. */
export async function startLink(): Promise<void> {
  const { data } = await apolloClient.mutate({ mutation: StartOidcLinkDocument })
  if (data) location.assign(data.startOidcLink)
}

export async function unlinkMe(): Promise<void> {
  await apolloClient.mutate({ mutation: UnlinkMeDocument })
}
