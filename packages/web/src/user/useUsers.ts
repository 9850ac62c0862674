import { apolloClient } from '../apollo.js'
import {
  CreateUserDocument,
  DeactivateUserDocument,
  DeleteUserDocument,
  ReactivateUserDocument,
  UnlinkUserDocument,
  UpdateUserDocument,
  UserDocument,
  UsersDocument,
  type UserInput,
  type UserPartsFragment,
  type UserRowFragment,
} from '../generated/graphql.js'
import { remoteList } from '../ui/remote-list.js'

// Kept here and not in Apollo's cache, as the mail servers are: a company's people may be many.
const everybody = remoteList(async () => {
  const { data } = await apolloClient.query({ query: UsersDocument, fetchPolicy: 'no-cache' })
  return data.users
})
apolloClient.onClearStore(() => {
  everybody.list.value = undefined
  return Promise.resolve()
})

/** Everybody, read anew for each page that shows them; what was seen before is shown meanwhile. */
export function useUsers() {
  everybody.reload()
  const { items: users, isLoaded, error, reload } = everybody
  return { users, isLoaded, error, reload }
}

/** One person as the API has him now; null where there is none. */
export async function fetchUser(id: string): Promise<UserPartsFragment | null> {
  const { data } = await apolloClient.query({
    query: UserDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  })
  return data.user
}

/** Adds a person, or changes the one given; a CONFLICT where somebody else has done so meanwhile. */
export async function saveUser(
  id: string | undefined,
  version: number | undefined,
  input: UserInput,
): Promise<UserPartsFragment> {
  if (id === undefined || version === undefined) {
    const { data } = await apolloClient.mutate({
      mutation: CreateUserDocument,
      variables: { input },
    })
    return there(data?.createUser)
  }
  const { data } = await apolloClient.mutate({
    mutation: UpdateUserDocument,
    variables: { id, version, input },
  })
  return there(data?.updateUser)
}

/** Replaces the password alone. */
export function resetPassword(user: UserRowFragment, password: string): Promise<UserPartsFragment> {
  const { id, version, loginName, displayName, role } = user
  return saveUser(id, version, { loginName, displayName, role, password })
}

export async function deactivateUser(id: string): Promise<UserPartsFragment> {
  const variables = { id }
  const { data } = await apolloClient.mutate({ mutation: DeactivateUserDocument, variables })
  return there(data?.deactivateUser)
}

export async function reactivateUser(id: string): Promise<UserPartsFragment> {
  const variables = { id }
  const { data } = await apolloClient.mutate({ mutation: ReactivateUserDocument, variables })
  return there(data?.reactivateUser)
}

export async function unlinkUser(id: string): Promise<UserPartsFragment> {
  const variables = { id }
  const { data } = await apolloClient.mutate({ mutation: UnlinkUserDocument, variables })
  return there(data?.unlinkUser)
}

export async function deleteUser(id: string): Promise<void> {
  await apolloClient.mutate({ mutation: DeleteUserDocument, variables: { id } })
}

function there<T>(answer: T | null | undefined): T {
  if (answer == null) throw new Error('a change answered nothing')
  return answer
}
