import { apolloClient } from '../apollo.js'
import {
  CreateOAuthProviderDocument,
  DeleteOAuthProviderDocument,
  OAuthProviderDocument,
  OAuthProvidersDocument,
  OAuthRedirectUriDocument,
  UpdateOAuthProviderDocument,
  type OAuthProviderInput,
  type OAuthProviderPartsFragment,
} from '../generated/graphql.js'
import { remoteList } from '../ui/remote-list.js'

const all = remoteList(async () => {
  const { data } = await apolloClient.query({
    query: OAuthProvidersDocument,
    fetchPolicy: 'no-cache',
  })
  return data.oauthProviders
})
apolloClient.onClearStore(() => {
  all.list.value = undefined
  return Promise.resolve()
})

/** The providers as last read; empty until then. */
export const oauthProviders = all.items

/** Reads the list anew; a failure is shown where the list is. */
export const loadOAuthProviders = all.reload

/** The list by name, read anew for each page that shows it. */
export function useOAuthProviders() {
  all.reload()
  const { items: providers, isLoaded, error, reload } = all
  return { providers, isLoaded, error, reload }
}

/** One provider as the API has it now; null where there is none. */
export async function fetchProvider(id: string): Promise<OAuthProviderPartsFragment | null> {
  const { data } = await apolloClient.query({
    query: OAuthProviderDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  return data.oauthProvider
}

/** What is to be registered at every provider. */
export async function fetchRedirectUri(): Promise<string> {
  const { data } = await apolloClient.query({
    query: OAuthRedirectUriDocument,
    fetchPolicy: 'no-cache',
  })
  return data.oauthRedirectUri
}

/** Adds a provider, or replaces the settings of the one given. */
export async function saveProvider(
  id: string | undefined,
  version: number | undefined,
  input: OAuthProviderInput,
): Promise<OAuthProviderPartsFragment> {
  if (id === undefined || version === undefined) {
    const { data } = await apolloClient.mutate({
      mutation: CreateOAuthProviderDocument,
      variables: { input },
    })
    if (!data) throw new Error('createOAuthProvider answered nothing')
    return data.createOAuthProvider
  }
  const { data } = await apolloClient.mutate({
    mutation: UpdateOAuthProviderDocument,
    variables: { id, version, input },
  })
  if (!data) throw new Error('updateOAuthProvider answered nothing')
  return data.updateOAuthProvider
}

export async function deleteProvider(id: string): Promise<void> {
  await apolloClient.mutate({ mutation: DeleteOAuthProviderDocument, variables: { id } })
  // It is deleted, also where the list cannot be read anew.
  all.reload()
}
