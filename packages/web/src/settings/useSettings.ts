import { apolloClient } from '../apollo.js'
import {
  SettingsDocument,
  UpdateSettingsDocument,
  type SettingsInput,
  type SettingsPartsFragment,
} from '../generated/graphql.js'

/** The settings as the API has them now. */
export async function fetchSettings(): Promise<SettingsPartsFragment> {
  const { data } = await apolloClient.query({ query: SettingsDocument, fetchPolicy: 'no-cache' })
  return data.settings
}

/** Replaces them all; answers them as stored. */
export async function updateSettings(
  version: number,
  input: SettingsInput,
): Promise<SettingsPartsFragment> {
  const { data } = await apolloClient.mutate({
    mutation: UpdateSettingsDocument,
    variables: { version, input },
  })
  if (data == null) throw new Error('an answer without data')
  return data.updateSettings
}
