import { apolloClient } from '../apollo.js'
import {
  CreateMailAccountDocument,
  DeleteMailAccountDocument,
  MailAccountDocument,
  MyRulesDocument,
  UpdateMailAccountDocument,
  type MailAccountDetailsFragment,
  type MailAccountInput,
  type MyRulesQuery,
} from '../generated/graphql.js'

export type AccountRules = MyRulesQuery['myRules']

/** What the settings let the person do with accounts, as they are now. */
export async function fetchRules(): Promise<AccountRules> {
  const { data } = await apolloClient.query({ query: MyRulesDocument, fetchPolicy: 'no-cache' })
  return data.myRules
}

/** One account as the API has it now; null where there is none, or it is somebody else's. */
export async function fetchAccount(id: string): Promise<MailAccountDetailsFragment | null> {
  const { data } = await apolloClient.query({
    query: MailAccountDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  return data.mailAccount
}

export async function createAccount(input: MailAccountInput): Promise<MailAccountDetailsFragment> {
  const { data } = await apolloClient.mutate({
    mutation: CreateMailAccountDocument,
    variables: { input },
    fetchPolicy: 'no-cache',
  })
  if (!data) throw new Error('createMailAccount answered nothing')
  return data.createMailAccount
}

/** Replaces all but what is left out; a CONFLICT where somebody saved after `version`. */
export async function updateAccount(
  id: string,
  version: number,
  input: MailAccountInput,
): Promise<MailAccountDetailsFragment> {
  const { data } = await apolloClient.mutate({
    mutation: UpdateMailAccountDocument,
    variables: { id, version, input },
    fetchPolicy: 'no-cache',
  })
  if (!data) throw new Error('updateMailAccount answered nothing')
  return data.updateMailAccount
}

export async function deleteAccount(id: string): Promise<void> {
  await apolloClient.mutate({
    mutation: DeleteMailAccountDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
}
