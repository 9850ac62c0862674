import type { TestApi, TestClient } from './api.js'

/** A person as the tests read it. */
export interface ReadUser {
  id: string
  loginName: string
  displayName: string
  role: string
  version: number
  deactivatedAt: string | null
  lastSignInAt: string | null
  hasPassword: boolean
  isLinkedByOidc: boolean
}

const USER_FIELDS =
  'id loginName displayName role version deactivatedAt lastSignInAt hasPassword isLinkedByOidc'

export const USER_PASSWORD = 'a good password'
export const LIST_USERS = `query ($search: String) { users(search: $search) { ${USER_FIELDS} } }`
export const CREATE_USER = `mutation ($input: UserInput!) { createUser(input: $input) { ${USER_FIELDS} } }`
export const UPDATE_USER = `mutation ($id: ID!, $version: Int, $input: UserInput!) { updateUser(id: $id, version: $version, input: $input) { ${USER_FIELDS} } }`
export const DEACTIVATE_USER = `mutation ($id: ID!) { deactivateUser(id: $id) { ${USER_FIELDS} } }`
export const REACTIVATE_USER = `mutation ($id: ID!) { reactivateUser(id: $id) { ${USER_FIELDS} } }`
export const DELETE_USER = 'mutation ($id: ID!) { deleteUser(id: $id) }'
export const CHANGE_PASSWORD =
  'mutation ($currentPassword: String!, $newPassword: String!) { changePassword(currentPassword: $currentPassword, newPassword: $newPassword) { id } }'

let made = 0

/** A valid person with a login name of its own. */
export function userInput(overrides: object = {}) {
  made += 1
  return {
    loginName: `person-${made}`,
    displayName: '山田 花子',
    role: 'USER',
    password: USER_PASSWORD,
    ...overrides,
  }
}

export async function createUser(admin: TestClient, overrides: object = {}): Promise<ReadUser> {
  const { createUser } = await admin.ask<{ createUser: ReadUser }>(CREATE_USER, {
    input: userInput(overrides),
  })
  return createUser
}

export async function listUsers(admin: TestClient, search = ''): Promise<ReadUser[]> {
  return (await admin.ask<{ users: ReadUser[] }>(LIST_USERS, { search })).users
}

/** A new person, signed in. */
export async function signInAsNew(
  api: TestApi,
  admin: TestClient,
  overrides: object = {},
): Promise<{ user: ReadUser; client: TestClient }> {
  const user = await createUser(admin, overrides)
  return { user, client: await api.client().signIn(user.loginName, USER_PASSWORD) }
}
