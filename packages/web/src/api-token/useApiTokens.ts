import { computed, shallowRef } from 'vue'
import { apolloClient } from '../apollo.js'
import {
  ApiTokensDocument,
  CreateApiTokenDocument,
  RevokeApiTokenDocument,
  type ApiTokenInput,
  type ApiTokenPartsFragment,
  type CreateApiTokenMutation,
} from '../generated/graphql.js'

const NONE: readonly ApiTokenPartsFragment[] = []

/** The list, read anew for each page that shows it. */
export function useApiTokens() {
  const list = shallowRef<readonly ApiTokenPartsFragment[]>()
  const failure = shallowRef<unknown>()

  async function read(): Promise<void> {
    const { data } = await apolloClient.query({ query: ApiTokensDocument, fetchPolicy: 'no-cache' })
    list.value = data.apiTokens
    failure.value = undefined
  }
  function reload(): void {
    read().catch((error: unknown) => (failure.value = error))
  }

  /** Ends a token; the list shows it so. */
  async function revoke(id: string): Promise<void> {
    const { data } = await apolloClient.mutate({
      mutation: RevokeApiTokenDocument,
      variables: { id },
      fetchPolicy: 'no-cache',
    })
    const revoked = data?.revokeApiToken
    if (revoked === undefined) return
    list.value = (list.value ?? NONE).map((token) => (token.id === id ? revoked : token))
  }

  reload()
  return {
    tokens: computed(() => list.value ?? NONE),
    isLoaded: computed(() => list.value !== undefined),
    error: computed(() => (list.value === undefined ? failure.value : undefined)),
    reload,
    revoke,
  }
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
