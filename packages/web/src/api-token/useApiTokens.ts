import { apolloClient } from '../apollo.js'
import {
  ApiTokensDocument,
  CreateApiTokenDocument,
  RevokeApiTokenDocument,
  type ApiTokenInput,
  type CreateApiTokenMutation,
} from '../generated/graphql.js'
import { remoteList } from '../ui/remote-list.js'

/** The list, read anew for each page that shows it. */
export function useApiTokens() {
  const { list, items, isLoaded, error, reload } = remoteList(async () => {
    const { data } = await apolloClient.query({ query: ApiTokensDocument, fetchPolicy: 'no-cache' })
    return data.apiTokens
  })

  /** Ends a token; the list shows it so. */
  async function revoke(id: string): Promise<void> {
    const { data } = await apolloClient.mutate({
      mutation: RevokeApiTokenDocument,
      variables: { id },
      fetchPolicy: 'no-cache',
    })
    const revoked = data?.revokeApiToken
    if (revoked === undefined) return
    list.value = items.value.map((token) => (token.id === id ? revoked : token))
  }

  reload()
  return { tokens: items, isLoaded, error, reload, revoke }
}

export type MadeApiToken = CreateApiTokenMutation['createApiToken']

/** Makes a token. Nothing keeps it but who calls. */
export async function createApiToken(input: ApiTokenInput): Promise<MadeApiToken> {
  const { data } = await apolloClient.mutate({
    mutation: CreateApiTokenDocument,
    variables: { input },
    fetchPolicy: 'no-cache',
  })
  if (data == null) throw new Error('an answer without data and without errors')
  return data.createApiToken
}
